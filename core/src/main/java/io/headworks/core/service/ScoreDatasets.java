package io.headworks.core.service;

import io.headworks.api.check.Check;
import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.CheckFile;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.state.CheckHistory;
import io.headworks.core.state.CheckHistory.Kept;
import io.headworks.core.state.StateDatabase;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Quality scores of the tables of a project, by the results that its state keeps. */
public final class ScoreDatasets {
    /** Older results say nothing of a table any more. */
    private static final Duration VALID = Duration.ofDays(30);

    private static final int TREND_DAYS = 7;

    private final Project project;
    private final ProjectState place;
    private final Instant now;

    public ScoreDatasets(Project project, ProjectState place, Clock clock) {
        this.project = project;
        this.place = place;
        this.now = clock.instant();
    }

    /** What a score was at the end of a day. */
    public record Point(LocalDate day, QualityScore score) {}

    /**
     * A table's score.
     *
     * @param trend the score less that of seven days ago; null where there was none
     * @param history by day, oldest first; today is the last where something was checked today
     */
    public record Scored(
            String dataset, QualityScore score, @Nullable BigDecimal trend, List<Point> history) {
        public Scored {
            history = List.copyOf(history);
        }

        public Map<String, @Nullable Object> document() {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("dataset", dataset);
            tree.put("score", score.score());
            tree.put("checks", score.checks());
            tree.put("dimensions", score.dimensions());
            tree.put("trend", trend);
            tree.put("history", history.stream().map(Scored::document).toList());
            return tree;
        }

        private static Map<String, Object> document(Point point) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("day", point.day().toString());
            tree.put("score", point.score().score());
            tree.put("checks", point.score().checks());
            return tree;
        }
    }

    /**
     * Worst first.
     *
     * @param table with or without its connection; null for all
     * @param days of history
     */
    public List<Scored> run(@Nullable String table, int days) {
        if (!place.isThere()) {
            return List.of();
        }
        List<Kept> results;
        try (StateDatabase state = place.open()) {
            Instant since = now.minus(Duration.ofDays(days)).minus(VALID);
            results = new CheckHistory(state).published(project.environment().name(), since);
        }
        List<Scored> scored = new ArrayList<>();
        checks().forEach((dataset, names) -> {
            if (table == null || named(dataset, table)) {
                List<Kept> own = results.stream()
                        .filter(result -> result.dataset().equals(dataset.toString()))
                        .filter(result -> names.contains(plain(result.check())))
                        .toList();
                scored(dataset, own, days).ifPresent(scored::add);
            }
        });
        scored.sort(Comparator.comparing((Scored each) -> each.score().score()).thenComparing(Scored::dataset));
        return scored;
    }

    private static boolean named(DatasetName dataset, String table) {
        return dataset.toString().equals(table)
                || dataset.table().toString().equals(table)
                || dataset.table().table().equals(table);
    }

    /** The names of each table's checks, as {@link #plain} gives them. */
    private Map<DatasetName, Set<String>> checks() {
        Map<DatasetName, Set<String>> names = new LinkedHashMap<>();
        for (PipelineSpec pipeline : project.pipelines()) {
            add(names, pipeline.writes(), pipeline.preLoad());
            add(names, pipeline.writes(), pipeline.postLoad());
        }
        for (CheckFile file : project.checkedTables()) {
            add(names, file.table(), file.checks());
        }
        return names;
    }

    private static void add(Map<DatasetName, Set<String>> names, DatasetName table, List<Check> checks) {
        checks.forEach(
                check -> names.computeIfAbsent(table, any -> new TreeSet<>()).add(plain(check.name())));
    }

    /** In runs a contract's check carries the contract's name too. */
    private static String plain(String check) {
        return check.replaceFirst("^contract [^:]*: ", "");
    }

    private Optional<Scored> scored(DatasetName dataset, List<Kept> results, int days) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        TreeMap<LocalDate, QualityScore> byDay = new TreeMap<>();
        Set<LocalDate> looked = new TreeSet<>();
        results.forEach(result -> looked.add(day(result)));
        for (LocalDate day : looked) {
            if (!day.isBefore(today.minusDays(days))) {
                QualityScore.of(newest(results, day)).ifPresent(score -> byDay.put(day, score));
            }
        }
        Optional<QualityScore> current = QualityScore.of(newest(results, today));
        Map.Entry<LocalDate, QualityScore> before = byDay.floorEntry(today.minusDays(TREND_DAYS));
        return current.map(score -> new Scored(
                dataset.toString(),
                score,
                before == null ? null : score.score().subtract(before.getValue().score()),
                byDay.entrySet().stream()
                        .map(entry -> new Point(entry.getKey(), entry.getValue()))
                        .toList()));
    }

    /** The newest result of each check up to the end of a day, oldest results left out. */
    private static Collection<Kept> newest(List<Kept> results, LocalDate day) {
        Map<String, Kept> newest = new LinkedHashMap<>();
        LocalDate since = day.minusDays(VALID.toDays());
        for (Kept result : results) {
            if (!day(result).isAfter(day) && !day(result).isBefore(since)) {
                newest.put(plain(result.check()), result);
            }
        }
        return newest.values();
    }

    private static LocalDate day(Kept result) {
        return LocalDate.ofInstant(Instant.parse(result.checkedAt()), ZoneOffset.UTC);
    }
}
