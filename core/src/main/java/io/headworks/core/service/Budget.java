package io.headworks.core.service;

import java.time.Duration;

/**
 * How much of the past is kept.
 *
 * @param age runs older than this go
 * @param runs at most so many runs stay
 * @param bytes at most so many bytes of state, and as many of logs
 */
public record Budget(Duration age, int runs, long bytes) {
    public static final Budget DEFAULT = new Budget(Duration.ofDays(90), 20_000, 500L << 20);

    public Budget {
        if (age.isNegative() || runs < 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "Cannot keep " + runs + " runs of " + age + " in " + bytes + " bytes: each must be 0 or more");
        }
    }
}
