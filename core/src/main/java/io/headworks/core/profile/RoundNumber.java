package io.headworks.core.profile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Bounds that a person would choose: 1, 2 or 5 times a power of ten. */
final class RoundNumber {
    private static final List<BigDecimal> LEADING =
            List.of(BigDecimal.ONE, BigDecimal.valueOf(2), BigDecimal.valueOf(5), BigDecimal.TEN);

    private RoundNumber() {}

    /** The smallest such number that is no smaller; 0 of 0. */
    static BigDecimal above(BigDecimal number) {
        if (number.signum() <= 0) {
            return BigDecimal.ZERO;
        }
        int exponent = number.precision() - number.scale() - 1;
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(exponent);
        BigDecimal round = LEADING.stream()
                .map(power::multiply)
                .filter(candidate -> candidate.compareTo(number) >= 0)
                .findFirst()
                .orElseThrow();
        return new BigDecimal(round.stripTrailingZeros().toPlainString());
    }

    /** A share, in percent with at most one digit after the point, never 0. */
    static BigDecimal shareAbove(double share) {
        return BigDecimal.valueOf(share).setScale(3, RoundingMode.CEILING).max(new BigDecimal("0.001"));
    }
}
