package io.headworks.core.ledger;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Makes run identifiers: UUID version 7 (RFC 9562). They sort by time, and those of one process also within a
 * millisecond: a run sorts behind its group and behind the run before it.
 */
public final class RunIds {
    /** A clock may be corrected backwards by so much without an identifier sorting before an earlier one. */
    private static final long CORRECTION_MILLIS = 10_000;

    private static final int COUNTER_BITS = 12;
    private static final int COUNTER_MASK = (1 << COUNTER_BITS) - 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Milliseconds and counter of the last identifier, as they stand in it. */
    private static long last;

    private RunIds() {}

    public static String next(Instant now) {
        long ticks = ticks(now.toEpochMilli());
        long high = (ticks >>> COUNTER_BITS << 16) | 0x7000L | (ticks & COUNTER_MASK);
        long low = (RANDOM.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** When the run of an identifier began. */
    public static Instant instant(String id) {
        return Instant.ofEpochMilli(UUID.fromString(id).getMostSignificantBits() >>> 16);
    }

    /** A counter that is full runs over into the next millisecond. */
    private static synchronized long ticks(long millis) {
        long fresh = millis << COUNTER_BITS | RANDOM.nextInt(COUNTER_MASK / 2);
        boolean follows = (last >>> COUNTER_BITS) >= millis && (last >>> COUNTER_BITS) - millis <= CORRECTION_MILLIS;
        last = follows ? last + 1 : fresh;
        return last;
    }
}
