package io.headworks.server.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bucket for each who asks: so many at once, refilled steadily. Safe for many threads. */
public final class RateLimit {
    private static final int MOST_BUCKETS = 10_000;

    private final int atOnce;
    private final Duration refill;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_BUCKETS;
        }
    };

    /** @param refill the time after which one more is allowed */
    public RateLimit(int atOnce, Duration refill, Clock clock) {
        this.atOnce = atOnce;
        this.refill = refill;
        this.clock = clock;
    }

    private record Bucket(double left, Instant at) {}

    /** Takes one; false when there is none. */
    public boolean take(String who) {
        synchronized (buckets) {
            double left = left(who);
            buckets.put(who, new Bucket(left < 1 ? left : left - 1, clock.instant()));
            return left >= 1;
        }
    }

    private double left(String who) {
        Bucket bucket = buckets.get(who);
        if (bucket == null) {
            return atOnce;
        }
        double refilled =
                (double) Duration.between(bucket.at(), clock.instant()).toNanos() / refill.toNanos();
        return Math.min(atOnce, bucket.left() + Math.max(0, refilled));
    }
}
