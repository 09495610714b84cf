package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.Rule;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** One aggregate as it is here and as another system has it, both as text. */
record Reconciliation(@Nullable String here, @Nullable String there) {

    CheckResult result(Check check, Rule.Reconcile rule, long rows) {
        String observed = Unfit.orNull(here) + " here, " + Unfit.orNull(there) + " in " + rule.with();
        if (here == null && there == null) {
            return CheckResult.unverified(check, rows, observed);
        }
        boolean fails = rule.isRatio() ? !isWithin(rule.minRatio(), rule.maxRatio()) : !agree(rule.tolerance());
        return CheckResult.measured(check, rows, fails, observed);
    }

    private boolean agree(BigDecimal tolerance) {
        if (here == null || there == null) {
            return false;
        }
        BigDecimal own = number(here);
        BigDecimal other = number(there);
        if (own == null || other == null) {
            return here.equals(there) && !here.equals("nan");
        }
        BigDecimal allowed = other.abs().multiply(tolerance);
        return own.subtract(other).abs().compareTo(allowed) <= 0;
    }

    /** Without dividing; nothing is any share of zero. */
    private boolean isWithin(@Nullable BigDecimal min, @Nullable BigDecimal max) {
        BigDecimal own = here == null ? null : number(here);
        BigDecimal other = there == null ? null : number(there);
        if (own == null || other == null || other.signum() == 0) {
            return false;
        }
        BigDecimal sign = BigDecimal.valueOf(other.signum());
        BigDecimal size = own.multiply(sign);
        return (min == null || size.compareTo(min.multiply(other.abs())) >= 0)
                && (max == null || size.compareTo(max.multiply(other.abs())) <= 0);
    }

    private static @Nullable BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }
}
