package io.headworks.testkit.target;

import io.headworks.api.load.BatchKind;
import io.headworks.api.load.History;
import io.headworks.api.load.History.Deletes;
import io.headworks.api.load.History.Type;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.Load;
import io.headworks.api.type.Schema;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a table with history holds, key by key: slow, obvious, and the meaning that the engine's statements are tested
 * against. Each key has a line of time with what is remembered of it. A batch is put onto the line; then of every run of
 * equal observations all but the first and the last are forgotten; each run is a version.
 */
final class HistoryModel {
    private final Load load;
    private final History history;
    private final Schema schema;
    private final Map<Object, Line> lines = new LinkedHashMap<>();
    /** Of type 4 columns; null where there are none. */
    private final @Nullable HistoryModel beside;

    /** What is known of a moment: the key's row, or that it is gone. */
    private record Fact(
            Says says,
            Map<String, @Nullable Object> row,
            @Nullable Long order,
            boolean isNew) {
        boolean isAlive() {
            return says == Says.ROW;
        }

        Fact old(boolean keepsOrder) {
            return new Fact(says, row, keepsOrder ? order : null, false);
        }
    }

    private enum Says {
        ROW,
        DELETED,
        ABSENT
    }

    /** A row of the table, by column. */
    record Stored(Map<String, @Nullable Object> values) {}

    HistoryModel(Load load, Schema schema) {
        this.load = load;
        this.history = Objects.requireNonNull(load.history());
        this.schema = schema;
        this.beside = HistoryTable.of(load, schema)
                .beside()
                .map(table -> new HistoryModel(table.load(), table.batch()))
                .orElse(null);
    }

    /** The model of the table beside; null where there is none. */
    @Nullable
    HistoryModel beside() {
        return beside;
    }

    private boolean isTimed() {
        return history.validAt() != null;
    }

    private List<String> tracked() {
        return columns(Type.VERSION, Type.HYBRID);
    }

    private List<String> columns(Type... types) {
        return schema.names().stream()
                .filter(name -> !name.equals(history.validAt())
                        && !load.mergeKeys().contains(name)
                        && !load.orderBy().contains(name))
                .filter(name -> List.of(types).contains(history.columns().getOrDefault(name, history.byDefault())))
                .toList();
    }

    /** Applies a batch, or changes nothing and throws {@link TableModel.Refused}. */
    void apply(List<BatchRow> batch, BatchKind kind, LocalDateTime arrival) {
        Map<Object, List<BatchRow>> byKey = new LinkedHashMap<>();
        for (BatchRow row : batch) {
            Object key = value(row, load.mergeKeys().get(0));
            if (row.deletion() && history.deletes() == Deletes.IGNORE) {
                continue;
            } else if (key == null) {
                throw new TableModel.Refused("NULL in key column");
            } else if (isTimed() && !row.deletion() && value(row, history.validAt()) == null) {
                throw new TableModel.Refused("NULL in valid_at");
            }
            byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
        }
        List<BatchRow> observed = new ArrayList<>();
        Map<Object, Line> next = new LinkedHashMap<>();
        lines.forEach((key, line) -> next.put(key, line.copy()));
        byKey.forEach(
                (key, rows) -> next.computeIfAbsent(key, any -> new Line(any)).take(rows, kind, arrival, observed));
        if (kind == BatchKind.SNAPSHOT && history.deletes() != Deletes.IGNORE) {
            next.forEach((key, line) -> {
                if (!byKey.containsKey(key)) {
                    line.miss(arrival);
                    observed.add(gone(key));
                }
            });
        }
        next.values().forEach(Line::forget);
        if (beside != null) {
            beside.apply(observed, BatchKind.DELTA, arrival);
        }
        lines.clear();
        next.forEach((key, line) -> {
            if (line.wasAlive()) {
                lines.put(key, line);
            }
        });
    }

    private BatchRow gone(Object key) {
        return new BatchRow(true, besideValues(Map.of(load.mergeKeys().get(0), key)));
    }

    private List<@Nullable Object> besideValues(Map<String, ? extends @Nullable Object> values) {
        List<@Nullable Object> own = new ArrayList<>();
        if (beside != null) {
            beside.schema.names().forEach(name -> own.add(values.get(name)));
        }
        return own;
    }

    private @Nullable Object value(BatchRow row, @Nullable String column) {
        return row.values().get(schema.names().indexOf(column));
    }

    List<Stored> rows() {
        return lines.values().stream().flatMap(line -> line.rows().stream()).toList();
    }

    private final class Line {
        private final Object key;
        private final NavigableMap<LocalDateTime, Fact> facts = new TreeMap<>();
        private Map<String, @Nullable Object> latest = new LinkedHashMap<>();
        /** Of type 3, by column. */
        private final Map<String, NavigableMap<LocalDateTime, List<@Nullable Object>>> pasts = new LinkedHashMap<>();

        Line(Object key) {
            this.key = key;
        }

        Line copy() {
            Line copy = new Line(key);
            copy.facts.putAll(facts);
            copy.latest = latest;
            pasts.forEach((column, past) -> copy.pasts.put(column, new TreeMap<>(past)));
            return copy;
        }

        boolean wasAlive() {
            return facts.values().stream().anyMatch(Fact::isAlive);
        }

        private @Nullable Says ended() {
            Fact last = facts.isEmpty() ? null : facts.lastEntry().getValue();
            if (last == null || last.isAlive()) {
                return null;
            }
            // what began the end counts
            return endOf(facts.lastKey()).says();
        }

        private Fact endOf(LocalDateTime time) {
            Fact first = Objects.requireNonNull(facts.get(time));
            for (Fact fact : facts.headMap(time, true).descendingMap().values()) {
                if (fact.isAlive()) {
                    return first;
                }
                first = fact;
            }
            return first;
        }

        private @Nullable LocalDateTime lastAlive() {
            return facts.descendingMap().entrySet().stream()
                    .filter(fact -> fact.getValue().isAlive())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }

        void take(List<BatchRow> rows, BatchKind kind, LocalDateTime arrival, List<BatchRow> observed) {
            List<BatchRow> untimed =
                    rows.stream().filter(row -> time(row, arrival) == null).toList();
            NavigableMap<LocalDateTime, BatchRow> newest = newestOfEachTime(rows, arrival);
            Says ended = ended();
            boolean returns = ended != null && (kind == BatchKind.SNAPSHOT || ended == Says.ABSENT && isTimed());
            boolean wasThere = wasAlive();
            LocalDateTime known = facts.isEmpty() ? null : facts.lastKey();
            Map<LocalDateTime, Fact> standing = new LinkedHashMap<>();
            boolean cameBack = false;
            for (Map.Entry<LocalDateTime, BatchRow> each : newest.entrySet()) {
                BatchRow row = each.getValue();
                LocalDateTime at = each.getKey();
                boolean comesBack = returns && !row.deletion() && at.equals(newest.lastKey());
                if (!isTimed()) {
                    if (wasThere && !comesBack && isOlderThanStored(row)) {
                        continue;
                    }
                    at = known != null && !at.isAfter(known) ? known.plus(1, ChronoUnit.MICROS) : at;
                } else if (comesBack && history.deletes() != Deletes.MARK && at.isBefore(closed())) {
                    at = closed();
                }
                if (stands(at, row)) {
                    standing.put(at, fact(row));
                    Map<String, @Nullable Object> seen =
                            new LinkedHashMap<>(fact(row).row());
                    seen.put(load.mergeKeys().get(0), key);
                    seen.put(String.valueOf(history.validAt()), at);
                    observed.add(new BatchRow(row.deletion(), besideValues(seen)));
                    cameBack |= comesBack;
                }
            }
            if (cameBack && history.deletes() == Deletes.MARK) {
                facts.values().removeIf(fact -> !fact.isAlive());
            }
            standing.forEach(this::put);
            untimed.forEach(row -> observed.add(gone(key)));
            boolean broughtRow = standing.values().stream().anyMatch(Fact::isAlive);
            if (!untimed.isEmpty() && !broughtRow && wasThere && ended == null) {
                miss(arrival, known);
            }
        }

        private LocalDateTime closed() {
            LocalDateTime last = facts.lastKey();
            LocalDateTime first = last;
            for (Map.Entry<LocalDateTime, Fact> each : facts.descendingMap().entrySet()) {
                if (each.getValue().isAlive()) {
                    break;
                }
                first = each.getKey();
            }
            return first;
        }

        private void put(LocalDateTime at, Fact fact) {
            LocalDateTime alive = lastAlive();
            facts.put(at, fact);
            if (!fact.isAlive()) {
                endsOrder(at, fact);
                return;
            }
            if (alive == null || !at.isBefore(alive)) {
                latest = fact.row();
            }
            for (String column : columns(Type.PREVIOUS)) {
                remember(column, at, fact.row().get(column), alive);
            }
        }

        /** Without times, a deletion that says its order leaves it on the version that it ends. */
        private void endsOrder(LocalDateTime at, Fact end) {
            LocalDateTime alive = lastAlive();
            if (isTimed() || alive == null) {
                return;
            }
            Fact row = Objects.requireNonNull(facts.get(alive));
            if (history.deletes() == Deletes.NEW_RECORD) {
                if (end.order() == null) {
                    facts.put(at, new Fact(end.says(), end.row(), row.order(), end.isNew()));
                }
            } else if (isNewer(end.order(), row.order())) {
                facts.put(alive, new Fact(row.says(), row.row(), end.order(), row.isNew()));
            }
        }

        private void remember(String column, LocalDateTime at, @Nullable Object value, @Nullable LocalDateTime alive) {
            NavigableMap<LocalDateTime, List<@Nullable Object>> past =
                    pasts.computeIfAbsent(column, any -> new TreeMap<>());
            if (!past.containsKey(at) || alive == null || !at.isBefore(alive)) {
                List<@Nullable Object> single = new ArrayList<>();
                single.add(value);
                // without times what comes later is later, whatever the clock of arrival says
                boolean late = !isTimed() && !past.isEmpty() && !at.isAfter(past.lastKey());
                past.put(late ? past.lastKey().plus(1, ChronoUnit.MICROS) : at, single);
            }
        }

        void miss(LocalDateTime arrival) {
            if (wasAlive() && ended() == null) {
                miss(arrival, facts.lastKey());
            }
        }

        private void miss(LocalDateTime arrival, @Nullable LocalDateTime known) {
            LocalDateTime at = known != null && !arrival.isAfter(known) ? known.plus(1, ChronoUnit.MICROS) : arrival;
            put(at, new Fact(Says.ABSENT, Map.of(), null, true));
        }

        private @Nullable LocalDateTime time(BatchRow row, LocalDateTime arrival) {
            return isTimed() ? (LocalDateTime) value(row, history.validAt()) : arrival;
        }

        private NavigableMap<LocalDateTime, BatchRow> newestOfEachTime(List<BatchRow> rows, LocalDateTime arrival) {
            NavigableMap<LocalDateTime, List<BatchRow>> byTime = new TreeMap<>();
            for (BatchRow row : rows) {
                LocalDateTime at = time(row, arrival);
                if (at != null) {
                    byTime.computeIfAbsent(at, any -> new ArrayList<>()).add(row);
                }
            }
            NavigableMap<LocalDateTime, BatchRow> newest = new TreeMap<>();
            byTime.forEach((at, ofTime) -> newest.put(at, newest(ofTime)));
            return newest;
        }

        private BatchRow newest(List<BatchRow> rows) {
            List<BatchRow> best = rows.stream()
                    .filter(row -> rows.stream().noneMatch(other -> isNewer(order(other), order(row))))
                    .toList();
            for (BatchRow other : best) {
                if (!sameContent(best.get(0), other)) {
                    throw new TableModel.Refused("differ");
                }
            }
            return best.get(0);
        }

        private boolean sameContent(BatchRow one, BatchRow other) {
            return one.deletion() == other.deletion()
                    && (one.deletion()
                            || content(fact(one).row())
                                    .equals(content(fact(other).row())));
        }

        private boolean isOlderThanStored(BatchRow row) {
            if (load.orderBy().isEmpty() || row.deletion() && order(row) == null) {
                return false;
            }
            LocalDateTime last = history.deletes() == Deletes.NEW_RECORD ? facts.lastKey() : lastAlive();
            return last != null
                    && isNewer(Objects.requireNonNull(facts.get(last)).order(), order(row));
        }

        /** False when the row says nothing that its moment does not know, or is older than what it knows. */
        private boolean stands(LocalDateTime at, BatchRow row) {
            Fact known = facts.get(at);
            if (known == null || known.says() == Says.ABSENT) {
                return true;
            } else if (known.says() == Says.DELETED) {
                return !row.deletion();
            } else if (!row.deletion() && says(at, fact(row).row())) {
                return false;
            }
            boolean confirmed = isConfirmation(at);
            if (confirmed && isNewer(order(row), known.order())) {
                return true;
            } else if (confirmed && isNewer(known.order(), order(row))) {
                return false;
            } else if (!row.deletion()
                    && at.equals(lastAlive())
                    && saysTracked(at, fact(row).row())
                    && ended() == Says.DELETED) {
                // the latest values may be of a row that the deletion took
                return false;
            }
            throw new TableModel.Refused("contradict");
        }

        /** True when all that is remembered of a moment is what the row says; only of the last all columns are. */
        private boolean says(LocalDateTime at, Map<String, @Nullable Object> row) {
            return saysTracked(at, row)
                    && (!at.equals(lastAlive()) || content(latest).equals(content(row)));
        }

        private boolean saysTracked(LocalDateTime at, Map<String, @Nullable Object> row) {
            Fact known = Objects.requireNonNull(facts.get(at));
            return part(known.row(), tracked()).equals(part(row, tracked()));
        }

        private boolean isConfirmation(LocalDateTime at) {
            Map.Entry<LocalDateTime, Fact> next = facts.higherEntry(at);
            return next == null
                    || !next.getValue().isAlive()
                    || !part(next.getValue().row(), tracked())
                            .equals(part(Objects.requireNonNull(facts.get(at)).row(), tracked()));
        }

        private Fact fact(BatchRow row) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            if (!row.deletion()) {
                schema.names().forEach(name -> values.put(name, value(row, name)));
            }
            return new Fact(row.deletion() ? Says.DELETED : Says.ROW, values, order(row), true);
        }

        private @Nullable Long order(BatchRow row) {
            return load.orderBy().isEmpty()
                    ? null
                    : (Long) value(row, load.orderBy().get(0));
        }

        private boolean isNewer(@Nullable Long one, @Nullable Long other) {
            return one != null && (other == null || one > other);
        }

        private Map<String, @Nullable Object> content(Map<String, @Nullable Object> row) {
            return part(row, columns(Type.values()));
        }

        private Map<String, @Nullable Object> part(Map<String, @Nullable Object> row, List<String> columns) {
            Map<String, @Nullable Object> part = new LinkedHashMap<>();
            columns.forEach(column -> part.put(column, row.get(column)));
            return part;
        }

        private boolean isSame(Fact one, Fact other) {
            return one.isAlive() == other.isAlive()
                    && (!one.isAlive() || part(one.row(), tracked()).equals(part(other.row(), tracked())));
        }

        /** Runs of facts that say the same; dead ones are left out where a mark tells of them. */
        private List<NavigableMap<LocalDateTime, Fact>> runs() {
            List<NavigableMap<LocalDateTime, Fact>> runs = new ArrayList<>();
            Fact before = null;
            for (Map.Entry<LocalDateTime, Fact> each : facts.entrySet()) {
                if (history.deletes() == Deletes.MARK && !each.getValue().isAlive()) {
                    continue;
                }
                if (before == null || !isSame(before, each.getValue())) {
                    runs.add(new TreeMap<>());
                }
                runs.get(runs.size() - 1).put(each.getKey(), each.getValue());
                before = each.getValue();
            }
            if (!runs.isEmpty() && !runs.get(0).firstEntry().getValue().isAlive()) {
                runs.remove(0);
            }
            return runs;
        }

        void forget() {
            LocalDateTime alive = lastAlive();
            Map<LocalDateTime, Fact> end = new TreeMap<>();
            if (history.deletes() == Deletes.MARK && alive != null) {
                Map.Entry<LocalDateTime, Fact> first = facts.higherEntry(alive);
                if (first != null) {
                    boolean told = first.getValue().says() == Says.DELETED && isTimed();
                    end.put(
                            told ? first.getKey() : alive.plus(1, ChronoUnit.MICROS),
                            told ? first.getValue().old(true) : new Fact(Says.ABSENT, Map.of(), null, false));
                }
            }
            NavigableMap<LocalDateTime, Fact> kept = new TreeMap<>();
            for (NavigableMap<LocalDateTime, Fact> run : runs()) {
                boolean lives = run.firstEntry().getValue().isAlive();
                boolean single = run.size() == 1 || !lives || !isTimed();
                if (history.keepsVersions() || !lives) {
                    Fact only = !lives
                            ? end(run)
                            : isTimed()
                                    ? run.firstEntry().getValue()
                                    : run.lastEntry().getValue();
                    kept.put(run.firstKey(), only.old(single));
                }
                if (lives && isTimed()) {
                    kept.put(run.lastKey(), run.lastEntry().getValue().old(true));
                } else if (lives && !history.keepsVersions()) {
                    kept.put(run.firstKey(), run.lastEntry().getValue().old(true));
                }
            }
            facts.clear();
            facts.putAll(kept);
            facts.putAll(end);
            pasts.values().forEach(this::forgetPast);
        }

        /** Of the current value the first time and that of the last row alive, of the one before it the last. */
        private void forgetPast(NavigableMap<LocalDateTime, List<@Nullable Object>> past) {
            NavigableMap<LocalDateTime, List<@Nullable Object>> kept = new TreeMap<>();
            List<@Nullable Object> current = past.lastEntry().getValue();
            LocalDateTime first = past.lastKey();
            for (Map.Entry<LocalDateTime, List<@Nullable Object>> each :
                    past.descendingMap().entrySet()) {
                if (!each.getValue().equals(current)) {
                    kept.put(each.getKey(), each.getValue());
                    break;
                }
                first = each.getKey();
            }
            kept.put(first, current);
            LocalDateTime alive = lastAlive();
            if (alive != null && alive.isAfter(first)) {
                kept.put(alive, current);
            }
            past.clear();
            past.putAll(kept);
        }

        List<Stored> rows() {
            List<NavigableMap<LocalDateTime, Fact>> runs = runs();
            List<Stored> rows = new ArrayList<>();
            Map<String, @Nullable Object> carried = Map.of();
            for (int i = 0; i < runs.size(); i++) {
                NavigableMap<LocalDateTime, Fact> run = runs.get(i);
                Fact first = run.firstEntry().getValue();
                boolean lives = first.isAlive();
                carried = lives ? first.row() : carried;
                if (lives || history.deletes() == Deletes.NEW_RECORD) {
                    rows.add(new Stored(version(run, i + 1 < runs.size() ? runs.get(i + 1) : null, carried)));
                }
            }
            return rows;
        }

        private Map<String, @Nullable Object> version(
                NavigableMap<LocalDateTime, Fact> run,
                @Nullable NavigableMap<LocalDateTime, Fact> next,
                Map<String, @Nullable Object> values) {
            boolean lives = run.firstEntry().getValue().isAlive();
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            load.mergeKeys().forEach(column -> row.put(column, key));
            tracked().forEach(column -> row.put(column, values.get(column)));
            columns(Type.OVERWRITE, Type.BESIDE).forEach(column -> row.put(column, latest.get(column)));
            for (String column : columns(Type.PREVIOUS)) {
                NavigableMap<LocalDateTime, List<@Nullable Object>> past = Objects.requireNonNull(pasts.get(column));
                List<@Nullable Object> current = past.lastEntry().getValue();
                row.put(column, current.get(0));
                row.put("previous_" + column, before(past, current));
            }
            for (String column : columns(Type.HYBRID)) {
                NavigableMap<LocalDateTime, List<@Nullable Object>> past = new TreeMap<>();
                facts.forEach((at, fact) -> {
                    if (fact.isAlive()) {
                        List<@Nullable Object> single = new ArrayList<>();
                        single.add(fact.row().get(column));
                        past.put(at, single);
                    }
                });
                List<@Nullable Object> current = past.lastEntry().getValue();
                row.put("current_" + column, current.get(0));
                row.put("previous_" + column, before(past, current));
            }
            if (history.keepsVersions()) {
                row.put(history.names().from(), run.firstKey());
                row.put(history.names().to(), next == null ? openEnd() : next.firstKey());
                if (history.names().current() != null) {
                    row.put(history.names().current(), next == null);
                }
            }
            if (isTimed()) {
                row.put(String.valueOf(history.validAt()), lives ? run.lastKey() : run.firstKey());
            }
            Fact ordering = lives ? run.lastEntry().getValue() : end(run);
            load.orderBy().forEach(column -> row.put(column, ordering.order()));
            if (history.marks()) {
                boolean marked = history.deletes() == Deletes.MARK ? next == null && ended() != null : !lives;
                row.put(history.names().deleted(), marked);
            }
            return row;
        }

        /** Without times, the newest order of several deletions counts. */
        private Fact end(NavigableMap<LocalDateTime, Fact> run) {
            Fact first = run.firstEntry().getValue();
            if (isTimed()) {
                return first;
            }
            Long order = first.order();
            for (Fact each : run.values()) {
                order = isNewer(each.order(), order) ? each.order() : order;
            }
            return new Fact(first.says(), first.row(), order, first.isNew());
        }

        private @Nullable Object before(
                NavigableMap<LocalDateTime, List<@Nullable Object>> past, List<@Nullable Object> current) {
            return past.descendingMap().values().stream()
                    .filter(value -> !value.equals(current))
                    .findFirst()
                    .map(value -> value.get(0))
                    .orElse(null);
        }

        private @Nullable LocalDateTime openEnd() {
            return history.openEnd() == null ? null : history.openEnd().atStartOfDay();
        }
    }
}
