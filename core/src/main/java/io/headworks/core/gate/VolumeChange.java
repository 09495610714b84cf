package io.headworks.core.gate;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Judges a number of rows against earlier ones: it may differ from their median by a share of it. The median, because one
 * first load of everything must not hide what follows. Fewer than {@link #FEWEST} earlier numbers judge nothing.
 */
public final class VolumeChange {
    /** Below this the median is one run's word. */
    public static final int FEWEST = 3;

    private VolumeChange() {}

    /** True for a check that needs history. */
    public static boolean isOne(Check check) {
        return check.rule() instanceof Rule.Volume volume && volume.change() != null;
    }

    /** True for one that looks at the rows a run brought, not at those of the table. */
    public static boolean isPerRun(Check check) {
        return isOne(check) && ((Rule.Volume) check.rule()).perRun();
    }

    public static CheckResult judge(Check check, long rows, List<Long> earlier) {
        Rule.Volume rule = (Rule.Volume) check.rule();
        String window = words(Objects.requireNonNull(rule.against()));
        if (earlier.size() < FEWEST) {
            String why = grouped(rows) + ", not compared: not enough history (" + earlier.size() + " earlier counts in "
                    + window + ", " + FEWEST + " are needed)";
            return CheckResult.unverified(check, rows, why);
        }
        BigDecimal median = median(earlier);
        BigDecimal allowed = median.multiply(Objects.requireNonNull(rule.change()));
        boolean fails = BigDecimal.valueOf(rows).subtract(median).abs().compareTo(allowed) > 0;
        String observed = grouped(rows) + " against a median of "
                + median.stripTrailingZeros().toPlainString() + " (" + earlier.size() + " earlier counts in " + window
                + ")";
        return CheckResult.measured(check, rows, fails, observed);
    }

    private static BigDecimal median(List<Long> numbers) {
        List<Long> sorted = numbers.stream().sorted().toList();
        int middle = sorted.size() / 2;
        BigDecimal upper = BigDecimal.valueOf(sorted.get(middle));
        if (sorted.size() % 2 == 1) {
            return upper;
        }
        return upper.add(BigDecimal.valueOf(sorted.get(middle - 1))).multiply(new BigDecimal("0.5"));
    }

    private static String grouped(long rows) {
        return String.format(Locale.ROOT, "%,d", rows) + (rows == 1 ? " row" : " rows");
    }

    private static String words(Duration window) {
        boolean wholeDays = window.toSeconds() % 86_400 == 0;
        boolean wholeHours = window.toSeconds() % 3_600 == 0;
        return wholeDays ? window.toDays() + "d" : wholeHours ? window.toHours() + "h" : wholeMinutes(window);
    }

    private static String wholeMinutes(Duration window) {
        return window.toSeconds() % 60 == 0 ? window.toMinutes() + "m" : window.toSeconds() + "s";
    }
}
