package io.headworks.core.profile;

import io.headworks.api.check.Rule;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Bounds of numbers of rows from those that were. */
public final class PastVolumes {
    private static final int FEWEST_RUNS = 3;
    private static final long FEWEST_ROWS = 20;

    private PastVolumes() {}

    /** Half of the rows that a table has now must stay. */
    public static Optional<ProposedCheck> ofTable(long rows) {
        if (rows < FEWEST_ROWS) {
            return Optional.empty();
        }
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("min", rows / 2);
        options.put("per", "table");
        return Optional.of(ProposedCheck.recorded(
                new Rule.Volume(rows / 2, null, null, null, false),
                options,
                "the table has " + Proposals.rows(rows) + "; the bound is half of that"));
    }

    /** From half of the least to twice the most that runs brought, rounded up. */
    public static Optional<ProposedCheck> ofRuns(List<Long> rows) {
        if (rows.size() < FEWEST_RUNS) {
            return Optional.empty();
        }
        long least = Collections.min(rows);
        long most = Collections.max(rows);
        long max = RoundNumber.above(BigDecimal.valueOf(Math.max(1, most) * 2)).longValueExact();
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("min", least / 2);
        options.put("max", max);
        return Optional.of(ProposedCheck.recorded(
                new Rule.Volume(least / 2, max, null, null, true),
                options,
                String.format(
                        Locale.ROOT,
                        "%d runs brought from %,d to %,d rows; bounds are half of the least and twice the most",
                        rows.size(),
                        least,
                        most)));
    }
}
