package io.headworks.connector.postgres.load;

import io.headworks.connector.result.UnfitValue;

/**
 * Which dates and timestamps PostgreSQL has.
 *
 * @param epoch the units from 1970 to 2000, where PostgreSQL counts from
 * @param least the least, counted so
 * @param end what all lie below, counted so
 * @param outside what is said of others
 */
record TimeBounds(long epoch, long least, long end, String outside) {
    private static final int EPOCH_DAYS = 10_957;

    static final TimeBounds NONE = new TimeBounds(0, Long.MIN_VALUE, Long.MAX_VALUE, "");
    static final TimeBounds DATES = new TimeBounds(
            EPOCH_DAYS, -2_451_545, 2_145_031_949, "lies outside PostgreSQL's dates (4713 BC to 5874897 AD)");
    static final TimeBounds TIMESTAMPS = new TimeBounds(
            EPOCH_DAYS * 86_400_000_000L,
            -211_813_488_000_000_000L,
            9_223_371_331_200_000_000L,
            "lies outside PostgreSQL's timestamps (4713 BC to 294276 AD)");

    /** The largest number is the engine's infinity, which would become a day like any other. */
    boolean hold(long value) {
        return value >= least + epoch && value - epoch < end && value != Long.MAX_VALUE;
    }

    UnfitValue unfit() {
        return new UnfitValue(outside);
    }
}
