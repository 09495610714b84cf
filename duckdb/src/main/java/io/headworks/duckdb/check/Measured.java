package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.Measure;
import io.headworks.api.check.Rule;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a measure came to, as an exact quotient.
 *
 * @param number as the engine writes it; null where nothing was measured
 * @param divisor null where the number stands for itself
 */
record Measured(
        Measure measure, @Nullable String number, @Nullable BigDecimal divisor) {
    private static final int SHOWN_DIGITS = 6;
    /** What is kept of a quotient that does not end. */
    private static final MathContext KEPT = new MathContext(34, RoundingMode.HALF_EVEN);

    static Measured of(Measure measure, @Nullable String number, @Nullable String divisor) {
        return new Measured(measure, number, divisor == null ? null : new BigDecimal(divisor));
    }

    private boolean isMissing() {
        return number == null || (divisor != null && divisor.signum() == 0);
    }

    CheckResult judge(Check check, Rule.Metric rule, long rows) {
        if (isMissing()) {
            return nothing(check, rows);
        }
        BigDecimal exact = exact();
        if (exact == null) {
            return CheckResult.measured(check, rows, !isInfiniteWithin(rule), Unfit.orNull(number));
        }
        boolean low = rule.min() != null && isBeyond(exact, rule.min(), rule.minExclusive(), -1);
        boolean high = rule.max() != null && isBeyond(exact, rule.max(), rule.maxExclusive(), 1);
        return CheckResult.measured(check, rows, low || high, shown()).withValue(value());
    }

    /** By a verdict that was made where the value's type is known. */
    CheckResult judged(Check check, boolean fails, long rows) {
        boolean nan = "nan".equals(number);
        return isMissing()
                ? nothing(check, rows)
                : CheckResult.measured(check, rows, fails || nan, shown()).withValue(value());
    }

    /** To be held against its history by others. */
    CheckResult kept(Check check, long rows) {
        return isMissing()
                ? nothing(check, rows)
                : CheckResult.unverified(check, rows, shown()).withValue(value());
    }

    private CheckResult nothing(Check check, long rows) {
        return CheckResult.unverified(check, rows, rows == 0 ? "no rows" : "no value");
    }

    /** Without dividing: the number against the bound times the divisor. */
    private boolean isBeyond(BigDecimal exact, String bound, boolean exclusive, int side) {
        BigDecimal limit = new BigDecimal(bound);
        int compared = exact.compareTo(divisor == null ? limit : limit.multiply(divisor));
        return compared == 0 ? exclusive : compared == side;
    }

    /** Infinity is a number where no bound stands in its way; NaN is none. */
    private boolean isInfiniteWithin(Rule.Metric rule) {
        return ("inf".equals(number) && rule.max() == null) || ("-inf".equals(number) && rule.min() == null);
    }

    /** Null for what is not finite. */
    private @Nullable BigDecimal exact() {
        try {
            return number == null ? null : new BigDecimal(number);
        } catch (NumberFormatException notFinite) {
            return null;
        }
    }

    private @Nullable BigDecimal value() {
        BigDecimal exact = exact();
        return exact == null || divisor == null ? exact : exact.divide(divisor, KEPT);
    }

    private String shown() {
        BigDecimal value = value();
        if (value == null) {
            return Unfit.orNull(number);
        } else if (measure.of().isShare()) {
            return plain(value.movePointRight(2), 2) + "%";
        }
        return divisor == null ? Unfit.orNull(number) : plain(value, SHOWN_DIGITS);
    }

    private static String plain(BigDecimal value, int digits) {
        BigDecimal cut = value.scale() > digits ? value.setScale(digits, RoundingMode.HALF_EVEN) : value;
        return cut.signum() == 0 ? "0" : cut.stripTrailingZeros().toPlainString();
    }
}
