package io.headworks.api.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a batch goes into which column of a table: by name, first in the exact case, then without case. Every
 * column of the table must be delivered but audit columns, the mark of deleted rows and generated columns, because a load
 * writes whole rows; and every column of the batch must have a place.
 *
 * @param <C> a column as one kind of table knows it
 */
public final class MatchedColumns<C extends MatchedColumns.Column> {
    private final LoadRequest request;
    private final List<C> columns;
    private final List<Pair<C>> data = new ArrayList<>();
    private final @Nullable C run;
    private final @Nullable C loadedAt;
    private final @Nullable C mark;

    /** A column of a table. */
    public interface Column {
        String name();

        /** True when the table computes it: never written. */
        boolean generated();

        /** Null where the table declares none: it then holds every value. */
        @Nullable
        DataType type();
    }

    /** A column of the table and the batch's column that fills it. */
    public record Pair<C>(C column, Field delivered) {}

    /**
     * Matches the columns of a request's batch.
     *
     * @throws HeadworksException of kind SCHEMA_CHANGE for a column that has no counterpart
     */
    public MatchedColumns(LoadRequest request, List<C> columns) {
        this.request = request;
        this.columns = List.copyOf(columns);
        AuditColumns audit = request.load().audit();
        this.run = audit == null ? null : named(audit.run()).orElse(null);
        this.loadedAt = audit == null ? null : named(audit.loadedAt()).orElse(null);
        this.mark = marksDeletes(request.load()) ? requiredMark() : null;
        match();
    }

    /** True when rows that were deleted at the source stay, with a mark. */
    public static boolean marksDeletes(Load load) {
        return load.strategy() == Strategy.SOFT_DELETE
                || load.strategy() == Strategy.MERGE && load.deletes() == Load.Deletes.MARK;
    }

    private C requiredMark() {
        String name = request.load().deletedColumn();
        C column = named(name)
                .orElseThrow(() ->
                        refused("column '" + name + "' that marks deleted rows is missing (columns: " + names() + ")"));
        if (column.type() != DataType.Simple.BOOLEAN) {
            throw refused("column '" + name + "' that marks deleted rows is " + column.type() + " (allowed: boolean)");
        }
        return column;
    }

    private void match() {
        List<Field> left = new ArrayList<>(request.batch().schema().fields());
        for (C column : columns) {
            if (column.generated()) {
                continue;
            }
            Optional<Field> delivered = find(left, Field::name, column.name());
            delivered.ifPresent(left::remove);
            if (isAudit(column)) {
                delivered.ifPresent(field -> {
                    throw refused(
                            "the batch brings column '" + field.name() + "', which is an audit column of the table");
                });
            } else if (!column.equals(mark)) {
                data.add(new Pair<>(column, delivered.orElseThrow(() -> undelivered(column))));
            }
        }
        if (!left.isEmpty()) {
            throw refused(
                    "the table has no column for '" + left.get(0).name() + "' of the batch (columns: " + names() + ")");
        }
    }

    private HeadworksException undelivered(C column) {
        return refused("the batch lacks column '" + column.name()
                + "' of the table, and a load writes whole rows (columns of the batch: " + delivered() + ")");
    }

    private Optional<C> named(String name) {
        return find(columns, Column::name, name);
    }

    /** In the exact case, then without case. */
    private static <T> Optional<T> find(List<T> among, Function<T, String> name, String wanted) {
        return among.stream()
                .filter(each -> name.apply(each).equals(wanted))
                .findFirst()
                .or(() -> among.stream()
                        .filter(each -> name.apply(each).equalsIgnoreCase(wanted))
                        .findFirst());
    }

    /** Says that a column does not hold what it is to hold. */
    public HeadworksException unfit(Pair<C> pair) {
        return refused("column '" + pair.column().name() + "' is "
                + pair.column().type() + " in the table and " + pair.delivered().type()
                + " in the batch, which it does not hold exactly");
    }

    /** A refusal of this load. */
    public HeadworksException refused(String why) {
        return new HeadworksException(
                FailureKind.SCHEMA_CHANGE,
                "Cannot " + request.load().strategy().key() + " into "
                        + request.load().table() + ": " + why);
    }

    private String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private Schema delivered() {
        return request.batch().schema();
    }

    public LoadRequest request() {
        return request;
    }

    /** In the order of the table's columns. */
    public List<Pair<C>> data() {
        return data;
    }

    /** Where a column that a strategy needs by name stands in {@link #data}. */
    public int position(String name, String role) {
        Pair<C> pair = find(data, each -> each.column().name(), name)
                .orElseThrow(() -> refused(role + " '" + name + "' is missing (columns: " + delivered() + ")"));
        return data.indexOf(pair);
    }

    /** Positions of the merge keys. */
    public List<Integer> keys() {
        return request.load().mergeKeys().stream()
                .map(key -> position(key, "key column"))
                .toList();
    }

    /** Positions of the columns that order the versions of a key. */
    public List<Integer> orderBy() {
        return request.load().orderBy().stream()
                .map(column -> position(column, "order_by column"))
                .toList();
    }

    /** The audit column that holds the run's number. */
    public @Nullable C run() {
        return run;
    }

    /** The audit column that holds the load's time. */
    public @Nullable C loadedAt() {
        return loadedAt;
    }

    /** The column that marks deleted rows, or null when deletes are not marked. */
    public @Nullable C mark() {
        return mark;
    }

    public boolean isAudit(C column) {
        return column.equals(run) || column.equals(loadedAt);
    }

    /** All columns that are written: data, then the mark, then audit columns. */
    public List<C> written() {
        return Stream.concat(
                        data.stream().map(Pair::column),
                        Stream.of(mark, run, loadedAt).filter(column -> column != null))
                .toList();
    }

    /**
     * Values for {@link #written} after those of the data: the mark, the run's number, and its time.
     *
     * @param instant the load's time as the database writes it
     */
    public List<String> others(boolean marked, String instant) {
        List<String> values = new ArrayList<>();
        if (mark != null) {
            values.add(Boolean.toString(marked));
        }
        if (run != null) {
            values.add(Long.toString(request.runNumber()));
        }
        if (loadedAt != null) {
            values.add(instant);
        }
        return values;
    }
}
