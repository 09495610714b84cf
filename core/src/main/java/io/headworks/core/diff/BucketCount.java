package io.headworks.core.diff;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many buckets a comparison has: few enough to be grouped in memory, and so many that what must be fetched for a
 * handful of differences is little. A prime, so that keys which grow in even steps spread over all of them.
 */
public final class BucketCount {
    private static final long ROWS_IN_ONE = 64;
    private static final long FEWEST = 61;
    private static final long MOST = 130_000;
    private static final long UNKNOWN = 1_000_000;

    private BucketCount() {}

    /** @param a an estimate; null when nobody knows */
    public static int of(@Nullable Long a, @Nullable Long b) {
        long rows = a == null && b == null ? UNKNOWN : Math.max(a == null ? 0 : a, b == null ? 0 : b);
        long wanted = Math.max(FEWEST, Math.min(MOST, rows / ROWS_IN_ONE));
        return BigInteger.valueOf(wanted - 1).nextProbablePrime().intValueExact();
    }
}
