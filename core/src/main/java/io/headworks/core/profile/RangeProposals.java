package io.headworks.core.profile;

import io.headworks.api.check.Rule;
import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.ColumnProfile.Span;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of a column of numbers or times: wide, as the largest value seen is rarely the largest possible.
 *
 * @param identifies true for numbers that are names: they grow, and nothing is too large
 */
record RangeProposals(ColumnProfile column, boolean identifies) {
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    void into(List<ProposedCheck> all) {
        Span span = column.span();
        if (span == null) {
            return;
        } else if (column.field().type().isNumber()) {
            numbers(new BigDecimal(span.min()), new BigDecimal(span.max()), span, all);
        } else if (column.field().type().isTime() && span.min().matches("[12][0-9]{3}-.*")) {
            String min = span.min().substring(0, 4) + "-01-01";
            all.add(proposed(min, null, "the earliest of " + Proposals.rows(column.present()) + " is " + span.min()));
        }
    }

    private void numbers(BigDecimal min, BigDecimal max, Span span, List<ProposedCheck> all) {
        String seen = Proposals.rows(column.present()) + " from " + span.min() + " to " + span.max();
        if (identifies) {
            if (min.signum() >= 0) {
                all.add(proposed(min.signum() > 0 ? BigDecimal.ONE : BigDecimal.ZERO, null, seen));
            }
            return;
        }
        boolean share = min.signum() >= 0
                && max.compareTo(BigDecimal.ONE) <= 0
                && max.stripTrailingZeros().scale() > 0;
        BigDecimal low = min.signum() >= 0
                ? BigDecimal.ZERO
                : RoundNumber.above(min.negate().multiply(TWO)).negate();
        BigDecimal high =
                share ? BigDecimal.ONE : max.signum() <= 0 ? BigDecimal.ZERO : RoundNumber.above(max.multiply(TWO));
        all.add(proposed(
                low,
                high,
                share ? seen + ": a share" : seen + "; bounds are twice as far, rounded, and 0 where the sign is one"));
    }

    private ProposedCheck proposed(Object min, @Nullable Object max, String reason) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("column", column.name());
        options.put("min", min);
        if (max != null) {
            options.put("max", max);
        }
        Rule rule = new Rule.Range(column.name(), min.toString(), max == null ? null : max.toString(), false, false);
        return ProposedCheck.recorded(rule, options, reason);
    }
}
