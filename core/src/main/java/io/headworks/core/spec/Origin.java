package io.headworks.core.spec;

import org.jspecify.annotations.Nullable;

/** A resolved value of a definition and where it was written; no place when it is the default. Secrets are masked. */
public record Origin(String key, String value, @Nullable Place place) {}
