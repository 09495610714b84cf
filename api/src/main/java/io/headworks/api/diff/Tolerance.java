package io.headworks.api.diff;

import java.math.BigDecimal;

/**
 * The distance up to which two values of a column are equal; itself included.
 *
 * @param distance of numbers; of times in seconds
 */
public record Tolerance(BigDecimal distance) {
    public Tolerance {
        if (distance.signum() <= 0) {
            throw new IllegalArgumentException("Cannot tolerate a distance of " + distance);
        }
        BigDecimal bare = distance.stripTrailingZeros();
        distance = bare.scale() < 0 ? bare.setScale(0) : bare;
    }

    /** The largest power of two that is at most half the distance. */
    public double cell() {
        double half = distance.doubleValue() / 2;
        return Math.max(Double.MIN_NORMAL, Math.scalb(1.0, Math.getExponent(half)));
    }
}
