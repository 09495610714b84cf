package io.headworks.api.check;

/** The six dimensions of quality. */
public enum Dimension {
    COMPLETENESS,
    UNIQUENESS,
    VALIDITY,
    ACCURACY,
    FRESHNESS,
    CONSISTENCY
}
