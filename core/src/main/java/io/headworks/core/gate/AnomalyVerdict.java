package io.headworks.core.gate;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.MeasuredBefore;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Rule.Anomaly.Season;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Judges a number against earlier ones of the same season by their median and their median absolute deviation (Leys et
 * al., 2013): half of the history may be wild without moving either. The same history gives the same verdict.
 */
public final class AnomalyVerdict {
    /** Makes the median absolute deviation of normal numbers their standard deviation. */
    private static final BigDecimal NORMAL = new BigDecimal("1.4826");

    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final int DIGITS = 4;

    private AnomalyVerdict() {}

    public static boolean isOne(Check check) {
        return check.rule() instanceof Rule.Anomaly;
    }

    /** @param found unverified, with what was measured; anything else stays as it is */
    public static CheckResult judge(CheckResult found, Instant at, List<MeasuredBefore> earlier) {
        Check check = found.check();
        BigDecimal value = found.value();
        if (value == null || found.status() != CheckResult.Status.UNVERIFIED) {
            return found;
        }
        Rule.Anomaly rule = (Rule.Anomaly) check.rule();
        List<BigDecimal> alike = earlier.stream()
                .filter(each -> isSameSeason(rule.season(), each.at(), at))
                .map(MeasuredBefore::value)
                .toList();
        String numbers = alike.size() + " earlier numbers" + of(rule.season());
        if (alike.size() < rule.fewest()) {
            String why = shown(value) + ", not judged: not enough history (" + numbers + ", " + rule.fewest()
                    + " are needed)";
            return CheckResult.unverified(check, found.rows(), why).withValue(value);
        }
        BigDecimal median = median(alike);
        BigDecimal spread = median(
                        alike.stream().map(each -> each.subtract(median).abs()).toList())
                .multiply(NORMAL);
        BigDecimal allowed =
                spread.multiply(rule.sensitivity()).max(median.abs().multiply(rule.floor()));
        BigDecimal low = median.subtract(allowed);
        BigDecimal high = median.add(allowed);
        boolean fails = switch (rule.direction()) {
            case UP -> value.compareTo(high) > 0;
            case DOWN -> value.compareTo(low) < 0;
            case BOTH -> value.compareTo(high) > 0 || value.compareTo(low) < 0;
        };
        String observed = shown(value) + " against " + expected(rule, low, high) + " (median " + shown(median) + ", "
                + numbers + ")";
        return CheckResult.measured(check, found.rows(), fails, observed).withValue(value);
    }

    private static String expected(Rule.Anomaly rule, BigDecimal low, BigDecimal high) {
        return switch (rule.direction()) {
            case UP -> "at most " + shown(high);
            case DOWN -> "at least " + shown(low);
            case BOTH -> shown(low) + " to " + shown(high);
        };
    }

    private static boolean isSameSeason(Season season, Instant one, Instant other) {
        OffsetDateTime a = one.atOffset(ZoneOffset.UTC);
        OffsetDateTime b = other.atOffset(ZoneOffset.UTC);
        boolean hour = a.getHour() == b.getHour();
        boolean weekday = a.getDayOfWeek() == b.getDayOfWeek();
        return switch (season) {
            case NONE -> true;
            case HOUR -> hour;
            case WEEKDAY -> weekday;
            case WEEKDAY_HOUR -> weekday && hour;
        };
    }

    private static String of(Season season) {
        return switch (season) {
            case NONE -> "";
            case HOUR -> " of this hour";
            case WEEKDAY -> " of this weekday";
            case WEEKDAY_HOUR -> " of this weekday and hour";
        };
    }

    private static BigDecimal median(List<BigDecimal> numbers) {
        List<BigDecimal> sorted = numbers.stream().sorted().toList();
        int middle = sorted.size() / 2;
        BigDecimal upper = sorted.get(middle);
        return sorted.size() % 2 == 1
                ? upper
                : upper.add(sorted.get(middle - 1)).multiply(HALF, MathContext.UNLIMITED);
    }

    private static String shown(BigDecimal value) {
        BigDecimal cut = value.scale() > DIGITS ? value.setScale(DIGITS, RoundingMode.HALF_EVEN) : value;
        return cut.signum() == 0 ? "0" : cut.stripTrailingZeros().toPlainString();
    }
}
