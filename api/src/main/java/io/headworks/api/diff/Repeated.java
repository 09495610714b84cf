package io.headworks.api.diff;

/** Keys that more than one row of a side has, and how many rows those are. */
public record Repeated(long keys, long rows) {
    public static final Repeated NONE = new Repeated(0, 0);
}
