package io.headworks.api.ledger;

import java.time.Instant;

/** The right to write a table: whoever holds the highest number. */
public record Fence(String dataset, long number, String runId, Instant takenAt) {}
