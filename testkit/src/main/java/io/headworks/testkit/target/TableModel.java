package io.headworks.testkit.target;

import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.Schema;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What each strategy makes of a table, row by row: slow, obvious, and the meaning that targets are tested against.
 * Columns for slices and partitions are dates; the columns of {@code order_by} are comparable values.
 */
final class TableModel {
    private final Schema schema;
    private List<Stored> rows = new ArrayList<>();

    /** A row of the table; {@code run} is the load that wrote it. */
    record Stored(List<@Nullable Object> values, boolean marked, long run) {}

    /** The counts of {@link io.headworks.api.load.LoadCounts}, as far as a model knows them. */
    record Counts(long staged, long inserted, long updated, long unchanged, long stale, long deleted) {}

    /** The batch is one that a target must refuse, with these words in its message. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String words) {
            super(words);
        }
    }

    TableModel(Schema schema) {
        this.schema = schema;
    }

    List<Stored> rows() {
        return rows;
    }

    /** Applies a batch, or changes nothing and throws {@link Refused}. */
    Counts apply(Load load, List<BatchRow> batch, BatchKind kind, @Nullable Slice slice, long run) {
        List<Stored> before = List.copyOf(rows);
        try {
            return new Application(load, batch, kind, slice, run).apply();
        } catch (Refused refused) {
            rows = new ArrayList<>(before);
            throw refused;
        }
    }

    private final class Application {
        private final Load load;
        private final List<BatchRow> batch;
        private final BatchKind kind;
        private final @Nullable Slice slice;
        private final long run;
        private long inserted;
        private long updated;
        private long unchanged;
        private long stale;
        private long deleted;

        Application(Load load, List<BatchRow> batch, BatchKind kind, @Nullable Slice slice, long run) {
            this.load = load;
            this.kind = kind;
            this.slice = slice;
            this.run = run;
            this.batch = ignoresDeletions()
                    ? batch.stream().filter(row -> !row.deletion()).toList()
                    : batch;
        }

        private boolean ignoresDeletions() {
            return load.strategy() == Strategy.UPSERT
                    || (load.strategy() == Strategy.MERGE && load.deletes() == Load.Deletes.IGNORE);
        }

        Counts apply() {
            List<BatchRow> winners = load.mergeKeys().isEmpty() ? batch : newestOfEachKey();
            switch (load.strategy()) {
                case APPEND -> append(winners);
                case UPSERT, MERGE, SOFT_DELETE -> winners.forEach(this::change);
                case TRUNCATE_RELOAD -> replace(winners, rows);
                case PARTITION_SWAP -> swap(winners);
                case VIEW -> throw new Refused("a view stores nothing");
            }
            if (finishesWithAbsence()) {
                deleteAbsent(winners);
            }
            long staged = batch.stream().filter(row -> !row.deletion()).count();
            return new Counts(staged, inserted, updated, unchanged, stale, deleted);
        }

        private List<BatchRow> newestOfEachKey() {
            Map<List<@Nullable Object>, List<BatchRow>> byKey = new LinkedHashMap<>();
            for (BatchRow row : batch) {
                if (key(row.values()).contains(null)) {
                    throw new Refused("NULL in key column");
                }
                byKey.computeIfAbsent(key(row.values()), key -> new ArrayList<>())
                        .add(row);
            }
            List<BatchRow> winners = new ArrayList<>();
            for (List<BatchRow> ofKey : byKey.values()) {
                BatchRow winner = newest(ofKey);
                winners.add(winner);
                stale += ofKey.stream()
                        .filter(row -> row != winner && !row.deletion())
                        .count();
            }
            return winners;
        }

        /** By order_by; without it the later row of the batch. */
        private BatchRow newest(List<BatchRow> ofKey) {
            if (load.orderBy().isEmpty()) {
                return ofKey.get(ofKey.size() - 1);
            }
            List<BatchRow> newest = ofKey.stream()
                    .filter(row -> ofKey.stream().noneMatch(other -> isNewer(other.values(), row.values())))
                    .toList();
            BatchRow first = newest.get(0);
            for (BatchRow other : newest) {
                boolean same = other.deletion() == first.deletion()
                        && (first.deletion() || other.values().equals(first.values()));
                if (!same) {
                    throw new Refused("differ");
                }
            }
            return first;
        }

        private void append(List<BatchRow> winners) {
            if (batch.stream().anyMatch(BatchRow::deletion)) {
                throw new Refused("deletions");
            }
            if (slice != null) {
                refuseOutsideSlice(winners);
                remove(rows.stream().filter(row -> inSlice(row.values())).toList());
            }
            for (BatchRow row : winners) {
                if (!load.mergeKeys().isEmpty() && find(row) != null) {
                    unchanged++;
                } else {
                    insert(row);
                }
            }
        }

        private void replace(List<BatchRow> winners, List<Stored> replaced) {
            remove(List.copyOf(replaced));
            winners.stream().filter(row -> !row.deletion()).forEach(this::insert);
        }

        private void swap(List<BatchRow> winners) {
            if (slice != null) {
                refuseOutsideSlice(winners);
                replace(
                        winners,
                        rows.stream().filter(row -> inSlice(row.values())).toList());
            } else if (kind == BatchKind.SNAPSHOT) {
                replace(winners, rows);
            } else {
                List<@Nullable Object> partitions = new ArrayList<>();
                winners.stream().filter(row -> !row.deletion()).forEach(row -> partitions.add(partition(row.values())));
                replace(
                        winners,
                        rows.stream()
                                .filter(row -> partitions.contains(partition(row.values())))
                                .toList());
            }
        }

        private void change(BatchRow row) {
            Stored present = find(row);
            if (row.deletion()) {
                delete(row, present);
            } else if (present == null) {
                insert(row);
            } else if (isNewer(present.values(), row.values())) {
                stale++;
            } else if (!present.marked() && present.values().equals(row.values())) {
                unchanged++;
            } else {
                rows.remove(present);
                rows.add(new Stored(row.values(), false, run));
                updated++;
            }
        }

        private void delete(BatchRow deletion, @Nullable Stored present) {
            boolean ordered = !load.orderBy().isEmpty()
                    && !order(deletion.values()).stream().allMatch(Objects::isNull);
            if (present != null && !(ordered && isNewer(present.values(), deletion.values()))) {
                boolean newer = ordered && isNewer(deletion.values(), present.values());
                delete(present, newer ? order(deletion.values()) : order(present.values()));
            }
        }

        /** A marked row remembers when it was deleted, so that an older row does not bring it back. */
        private void delete(Stored present, List<@Nullable Object> order) {
            if (present.marked()) {
                return;
            }
            rows.remove(present);
            deleted++;
            if (marks()) {
                List<@Nullable Object> values = new ArrayList<>(present.values());
                for (int index = 0; index < order.size(); index++) {
                    values.set(schema.names().indexOf(load.orderBy().get(index)), order.get(index));
                }
                rows.add(new Stored(values, true, run));
            }
        }

        private boolean marks() {
            return load.strategy() == Strategy.SOFT_DELETE || load.deletes() == Load.Deletes.MARK;
        }

        private boolean finishesWithAbsence() {
            return kind == BatchKind.SNAPSHOT
                    && (load.strategy() == Strategy.MERGE || load.strategy() == Strategy.SOFT_DELETE)
                    && !ignoresDeletions();
        }

        private void deleteAbsent(List<BatchRow> winners) {
            List<List<@Nullable Object>> present =
                    winners.stream().map(row -> key(row.values())).toList();
            for (Stored row : List.copyOf(rows)) {
                if (!present.contains(key(row.values())) && (slice == null || inSlice(row.values()))) {
                    delete(row, order(row.values()));
                }
            }
        }

        private void insert(BatchRow row) {
            rows.add(new Stored(row.values(), false, run));
            inserted++;
        }

        private void remove(List<Stored> replaced) {
            replaced.forEach(rows::remove);
            deleted += replaced.size();
        }

        private @Nullable Stored find(BatchRow row) {
            return rows.stream()
                    .filter(stored -> key(stored.values()).equals(key(row.values())))
                    .findFirst()
                    .orElse(null);
        }

        private void refuseOutsideSlice(List<BatchRow> winners) {
            if (winners.stream().anyMatch(row -> !row.deletion() && !inSlice(row.values()))) {
                throw new Refused("outside the slice");
            }
        }

        private boolean inSlice(List<@Nullable Object> values) {
            Slice range = Objects.requireNonNull(slice);
            LocalDate day = (LocalDate) values.get(schema.names().indexOf(range.column()));
            return day != null
                    && !day.isBefore(LocalDate.parse(range.from()))
                    && day.isBefore(LocalDate.parse(range.to()));
        }

        private @Nullable Object partition(List<@Nullable Object> values) {
            Load.Partitioning partitioning = Objects.requireNonNull(load.partition());
            LocalDate day = (LocalDate) values.get(schema.names().indexOf(partitioning.column()));
            if (day == null) {
                return null;
            }
            return switch (partitioning.by()) {
                case YEAR -> day.withDayOfYear(1);
                case MONTH -> day.withDayOfMonth(1);
                case VALUE, DAY, HOUR -> day;
            };
        }

        private List<@Nullable Object> key(List<@Nullable Object> values) {
            return picked(values, load.mergeKeys());
        }

        private List<@Nullable Object> order(List<@Nullable Object> values) {
            return picked(values, load.orderBy());
        }

        private List<@Nullable Object> picked(List<@Nullable Object> values, List<String> names) {
            List<@Nullable Object> picked = new ArrayList<>();
            names.forEach(name -> picked.add(values.get(schema.names().indexOf(name))));
            return Collections.unmodifiableList(picked);
        }

        /** Column by column; NULL is older than any value. Nothing is newer without order_by. */
        private boolean isNewer(List<@Nullable Object> one, List<@Nullable Object> other) {
            List<@Nullable Object> left = order(one);
            List<@Nullable Object> right = order(other);
            for (int index = 0; index < left.size(); index++) {
                int comparison = compare(left.get(index), right.get(index));
                if (comparison != 0) {
                    return comparison > 0;
                }
            }
            return false;
        }

        private static int compare(@Nullable Object left, @Nullable Object right) {
            if (left == null || right == null) {
                return Boolean.compare(left != null, right != null);
            }
            return left instanceof LocalDateTime time
                    ? time.compareTo((LocalDateTime) right)
                    : ((Long) left).compareTo((Long) right);
        }
    }
}
