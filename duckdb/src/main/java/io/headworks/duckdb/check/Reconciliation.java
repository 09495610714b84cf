package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.CheckResult.Status;
import io.headworks.api.check.Rule;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One aggregate as it is here and as another system has it, both as text. */
record Reconciliation(@Nullable String here, @Nullable String there) {

    CheckResult result(Check check, Rule.Reconcile rule, long rows) {
        String observed = Unfit.orNull(here) + " here, " + Unfit.orNull(there) + " in " + rule.with();
        if (here == null && there == null) {
            return new CheckResult(check, Status.UNVERIFIED, rows, 0, observed, List.of(), null);
        }
        return Verdict.measured(check, rows, !agree(rule.tolerance()), observed);
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

    private static @Nullable BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }
}
