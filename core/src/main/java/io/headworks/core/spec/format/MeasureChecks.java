package io.headworks.core.spec.format;

import static io.headworks.core.spec.format.CheckKeys.COLUMN_KEY;
import static io.headworks.core.spec.format.CheckKeys.check;

import io.headworks.api.check.Measure;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Rule.Anomaly.Direction;
import io.headworks.api.check.Rule.Anomaly.Season;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of numbers that describe all rows. */
final class MeasureChecks {
    private static final Key<String> MIN =
            Key.of("min", Scalars.TEXT, "The least allowed.").like("95%");
    private static final Key<String> MAX =
            Key.of("max", Scalars.TEXT, "The most allowed.").like("100");
    private static final Key<String> MIN_EXCLUSIVE =
            Key.of("min_exclusive", Scalars.TEXT, "It is above this.").like("0");
    private static final Key<String> MAX_EXCLUSIVE =
            Key.of("max_exclusive", Scalars.TEXT, "It is below this.").like("100");
    private static final Key<Duration> AGAINST = Key.of("against", Scalars.DURATION_OF_TIME, "How much history counts.")
            .byDefault(Duration.ofDays(60), "60d");
    private static final Key<Direction> DIRECTION = Key.of(
                    "direction", ChoiceKind.of(List.of(Direction.values())), "Which way is an anomaly.")
            .byDefault(Direction.BOTH, "both");
    private static final Key<BigDecimal> SENSITIVITY = Key.of(
                    "sensitivity",
                    Scalars.NUMBER,
                    "The most that it may stray from the median, in spreads of the history; less finds more.")
            .byDefault(new BigDecimal("3.5"), "3.5");
    private static final Key<BigDecimal> FLOOR = Key.of(
                    "floor", Scalars.SHARE_OF_ROWS, "Straying by no more than this share of the median is never one.")
            .byDefault(new BigDecimal("0.05"), "5%");
    private static final Key<Season> SEASON = Key.of(
                    "season",
                    ChoiceKind.of(List.of(Season.values())),
                    "Which earlier numbers count: all, or those of the same hour, weekday, or both (UTC).")
            .byDefault(Season.NONE, "none");
    private static final Key<Integer> FEWEST = Key.of(
                    "min_history", Scalars.wholeNumber(3, 10_000), "With fewer earlier numbers it is unverified.")
            .byDefault(7, "7");
    private static final Key<List<String>> EQUALS = Key.of(
                    "equals", ListKind.some(Scalars.TEXT), "These values, and no others.")
            .like("[EUR, USD]");
    private static final Key<List<String>> CONTAINS = Key.of(
                    "contains", ListKind.some(Scalars.TEXT), "These values, maybe among others.")
            .like("[EUR]");

    static final List<Key<CheckDraft>> KEYS = List.of(
            check(
                    "metric",
                    "A number that describes the rows is within bounds.",
                    List.of(
                            MeasureFormat.MEASURE,
                            MeasureFormat.COLUMN,
                            MeasureFormat.QUANTILE,
                            MeasureFormat.EXPRESSION,
                            MeasureFormat.SELECT,
                            MIN,
                            MAX,
                            MIN_EXCLUSIVE,
                            MAX_EXCLUSIVE),
                    null,
                    "{measure: mean, column: amount, min: 10, max: 100}",
                    MeasureChecks::metric),
            check(
                    "anomaly",
                    "A number that describes the rows is what its own history lets expect.",
                    List.of(
                            MeasureFormat.MEASURE,
                            MeasureFormat.COLUMN,
                            MeasureFormat.QUANTILE,
                            MeasureFormat.EXPRESSION,
                            MeasureFormat.SELECT,
                            AGAINST,
                            DIRECTION,
                            SENSITIVITY,
                            FLOOR,
                            SEASON,
                            FEWEST),
                    null,
                    "{measure: rows, season: weekday, direction: down}",
                    MeasureChecks::anomaly),
            check(
                    "distinct",
                    "The different values of a column are these.",
                    List.of(COLUMN_KEY, EQUALS, CONTAINS),
                    null,
                    "{column: currency, equals: [EUR, USD]}",
                    MeasureChecks::distinct));

    private MeasureChecks() {}

    private static @Nullable Rule metric(Values v) {
        Measure measure = MeasureFormat.read(v, null);
        if (measure == null) {
            return null;
        } else if (!v.has(MIN) && !v.has(MAX) && !v.has(MIN_EXCLUSIVE) && !v.has(MAX_EXCLUSIVE)) {
            return CheckKeys.unbounded(v, "min, max, min_exclusive, max_exclusive");
        } else if ((v.has(MIN) && v.has(MIN_EXCLUSIVE)) || (v.has(MAX) && v.has(MAX_EXCLUSIVE))) {
            v.in().refuse(v.node(), "conflicting-keys", "a bound is either inclusive or exclusive", null);
            return null;
        }
        Key<String> low = v.has(MIN) ? MIN : MIN_EXCLUSIVE;
        Key<String> high = v.has(MAX) ? MAX : MAX_EXCLUSIVE;
        boolean readable = MeasureFormat.isBound(v, low, measure) & MeasureFormat.isBound(v, high, measure);
        return readable
                ? new Rule.Metric(
                        measure,
                        MeasureFormat.bound(v.find(low), measure),
                        MeasureFormat.bound(v.find(high), measure),
                        v.has(MIN_EXCLUSIVE),
                        v.has(MAX_EXCLUSIVE))
                : null;
    }

    private static @Nullable Rule anomaly(Values v) {
        Measure measure = MeasureFormat.read(v, Measure.rows());
        if (measure == null) {
            return null;
        } else if (v.get(SENSITIVITY).signum() <= 0) {
            v.refuse(SENSITIVITY, "invalid-value", "it is not above 0", null);
            return null;
        }
        return new Rule.Anomaly(
                measure,
                v.get(AGAINST),
                v.get(DIRECTION),
                v.get(SENSITIVITY),
                v.get(FLOOR),
                v.get(SEASON),
                v.get(FEWEST));
    }

    private static @Nullable Rule distinct(Values v) {
        List<String> equal = v.find(EQUALS);
        List<String> contained = v.find(CONTAINS);
        if (equal != null && contained == null) {
            return new Rule.Distinct(v.get(COLUMN_KEY), equal, false);
        } else if (equal == null && contained != null) {
            return new Rule.Distinct(v.get(COLUMN_KEY), contained, true);
        }
        v.in().refuse(
                        v.node(),
                        equal == null ? "empty-check" : "conflicting-keys",
                        "it needs one list (allowed: equals, contains)",
                        "values that must be among a list are: accepted");
        return null;
    }
}
