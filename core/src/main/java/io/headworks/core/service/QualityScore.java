package io.headworks.core.service;

import io.headworks.api.check.Dimension;
import io.headworks.api.check.RuleKind;
import io.headworks.api.check.Severity;
import io.headworks.core.state.CheckHistory.Kept;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How good a table is, from 0 to 100: the mean over its checks of the share of good rows, weighted by severity. The formula is
 * in docs/quality-score.md.
 *
 * @param score with one digit after the point, rounded down: 100 only where nothing failed
 * @param checks how many it is made of
 * @param dimensions the same of the checks of each dimension that has one
 */
public record QualityScore(BigDecimal score, int checks, Map<String, BigDecimal> dimensions) {
    /** They hold or do not hold; no row of theirs is good or bad. */
    private static final Set<RuleKind> OF_THE_WHOLE = EnumSet.of(
            RuleKind.COLUMN_TYPE,
            RuleKind.DISTINCT,
            RuleKind.METRIC,
            RuleKind.ANOMALY,
            RuleKind.VOLUME,
            RuleKind.FRESHNESS,
            RuleKind.DISTRIBUTION,
            RuleKind.RECONCILE,
            RuleKind.SCHEMA);

    public QualityScore {
        dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    }

    /** Of the newest result of each check; empty where none could be verified. */
    static Optional<QualityScore> of(Collection<Kept> results) {
        Mean all = new Mean();
        Map<Dimension, Mean> byDimension = new EnumMap<>(Dimension.class);
        for (Kept result : results) {
            Optional<RuleKind> kind = kind(result.rule());
            if (kind.isPresent() && !result.status().equals("unverified")) {
                double good = good(result, kind.get());
                double weight = weight(result.severity());
                all.add(good, weight);
                byDimension
                        .computeIfAbsent(kind.get().dimension(), any -> new Mean())
                        .add(good, weight);
            }
        }
        if (all.count == 0) {
            return Optional.empty();
        }
        Map<String, BigDecimal> dimensions = new LinkedHashMap<>();
        byDimension.forEach(
                (dimension, mean) -> dimensions.put(dimension.name().toLowerCase(Locale.ROOT), mean.score()));
        return Optional.of(new QualityScore(all.score(), all.count, dimensions));
    }

    private static Optional<RuleKind> kind(String key) {
        return Arrays.stream(RuleKind.values())
                .filter(kind -> kind.key().equals(key))
                .findFirst();
    }

    private static double good(Kept result, RuleKind kind) {
        boolean fails = result.status().equals("failed");
        if (result.status().equals("error")) {
            return 0;
        } else if (OF_THE_WHOLE.contains(kind)) {
            return fails ? 0 : result.failingRows() > 0 ? 0.5 : 1;
        }
        double share = result.rows() == 0
                ? (result.failingRows() > 0 ? 0 : 1)
                : Math.max(0, 1 - (double) result.failingRows() / result.rows());
        return fails ? share / 2 : share;
    }

    private static double weight(String severity) {
        return switch (Severity.valueOf(severity)) {
            case P0 -> 8;
            case P1 -> 4;
            case P2 -> 2;
            case P3 -> 1;
        };
    }

    /** A weighted mean under way. */
    private static final class Mean {
        private double good;
        private double weight;
        private int count;

        void add(double share, double weighing) {
            good += share * weighing;
            weight += weighing;
            count++;
        }

        BigDecimal score() {
            boolean isPerfect = good == weight;
            BigDecimal score = BigDecimal.valueOf(100 * good / weight).setScale(1, RoundingMode.DOWN);
            return isPerfect ? new BigDecimal("100.0") : score.min(new BigDecimal("99.9"));
        }
    }
}
