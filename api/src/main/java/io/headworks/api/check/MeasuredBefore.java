package io.headworks.api.check;

import java.math.BigDecimal;
import java.time.Instant;

/** What a check measured, and when. */
public record MeasuredBefore(Instant at, BigDecimal value) {}
