package io.headworks.connector.relational;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Widening;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a batch goes into which column of a table: by name, first in the exact case, then without case. Every
 * column of the table must be delivered but audit columns, the mark of deleted rows and generated columns, because a load
 * writes whole rows; and every column of the batch must have a place.
 */
public final class LoadColumns {
    private final Database database;
    private final LoadRequest request;
    private final TargetTable table;
    private final List<Pair> data = new ArrayList<>();
    private final @Nullable TargetColumn run;
    private final @Nullable TargetColumn loadedAt;
    private final @Nullable TargetColumn mark;

    /**
     * A column of the table and the batch's column that fills it.
     *
     * @param cell its name in the batch's temporary table
     */
    public record Pair(TargetColumn column, Field delivered, String cell) {
        /** Quoted. */
        public String name() {
            return column.sql();
        }

        /** In the table {@code t}, the batch {@code b}. */
        String in(String alias) {
            return alias + "." + (alias.equals("t") ? name() : cell);
        }
    }

    LoadColumns(Database database, LoadRequest request, TargetTable table) {
        this.database = database;
        this.request = request;
        this.table = table;
        AuditColumns audit = request.load().audit();
        this.run = audit == null ? null : table.column(audit.run()).orElse(null);
        this.loadedAt = audit == null ? null : table.column(audit.loadedAt()).orElse(null);
        this.mark = marksDeletes(request.load()) ? requiredMark() : null;
        match();
    }

    static boolean marksDeletes(Load load) {
        return load.strategy() == Strategy.SOFT_DELETE
                || load.strategy() == Strategy.MERGE && load.deletes() == Load.Deletes.MARK;
    }

    private TargetColumn requiredMark() {
        String name = request.load().deletedColumn();
        TargetColumn column = table.column(name)
                .orElseThrow(() -> refused(
                        "column '" + name + "' that marks deleted rows is missing (columns: " + table.schema() + ")"));
        if (column.type() != Simple.BOOLEAN) {
            throw refused(
                    "column '" + name + "' that marks deleted rows is " + column.readAs() + " (allowed: boolean)");
        }
        return column;
    }

    private void match() {
        List<Field> left = new ArrayList<>(request.batch().schema().fields());
        for (TargetColumn column : table.columns()) {
            if (column.generated()) {
                continue;
            }
            Optional<Field> delivered = find(left, column.name());
            delivered.ifPresent(left::remove);
            if (column.equals(run) || column.equals(loadedAt)) {
                delivered.ifPresent(field -> {
                    throw refused(
                            "the batch brings column '" + field.name() + "', which is an audit column of the table");
                });
            } else if (!column.equals(mark)) {
                data.add(new Pair(column, fitting(column, delivered), "c" + data.size()));
            }
        }
        if (!left.isEmpty()) {
            throw refused("the table has no column for '" + left.get(0).name() + "' of the batch (columns: "
                    + table.schema() + ")");
        }
    }

    private static Optional<Field> find(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .or(() -> fields.stream()
                        .filter(field -> field.name().equalsIgnoreCase(name))
                        .findFirst());
    }

    private Field fitting(TargetColumn column, Optional<Field> delivered) {
        Field field = delivered.orElseThrow(() -> refused("the batch lacks column '" + column.name()
                + "' of the table, and a load writes whole rows (columns of the batch: "
                + request.batch().schema()
                + ")"));
        database.spelling().declared(field.type(), field.name());
        DataType type = column.type();
        boolean text = type == Simple.TEXT && field.type() instanceof DataType.Bounded;
        DataType stored = database.spelling().storedAs(field.type());
        if (type != null && !text && !Widening.holds(type, field.type()) && !Widening.holds(type, stored)) {
            throw refused("column '" + column.name() + "' is " + type + " in the table and " + field.type()
                    + " in the batch, which it does not hold exactly");
        }
        String unfit = database.unfit(column, field);
        if (unfit != null) {
            throw refused(unfit);
        }
        return field;
    }

    HeadworksException refused(String why) {
        return new HeadworksException(
                FailureKind.SCHEMA_CHANGE,
                "Cannot " + request.load().strategy().key() + " into "
                        + request.load().table() + ": " + why);
    }

    /** In the order of the table's columns. */
    public List<Pair> data() {
        return data;
    }

    /** The column a strategy needs by name. */
    Pair named(String name, String role) {
        return data.stream()
                .filter(pair -> pair.column().name().equals(name))
                .findFirst()
                .or(() -> data.stream()
                        .filter(pair -> pair.column().name().equalsIgnoreCase(name))
                        .findFirst())
                .orElseThrow(() -> refused(role + " '" + name + "' is missing (columns: "
                        + request.batch().schema() + ")"));
    }

    public List<Pair> keys() {
        return request.load().mergeKeys().stream()
                .map(key -> named(key, "key column"))
                .toList();
    }

    List<Pair> orderBy() {
        return request.load().orderBy().stream()
                .map(column -> named(column, "order_by column"))
                .toList();
    }

    @Nullable
    String markName() {
        return mark == null ? null : mark.sql();
    }

    /** All columns that are written, quoted: data, then the mark, then audit columns. */
    public List<String> written() {
        return Stream.concat(
                        data.stream().map(Pair::column),
                        Stream.of(mark, run, loadedAt).filter(c -> c != null))
                .map(TargetColumn::sql)
                .toList();
    }

    /** Values for {@link #written} after those of the data: the mark, the run's number, and its time. */
    public List<String> others(boolean marked) {
        List<String> values = new ArrayList<>();
        if (mark != null) {
            values.add(Boolean.toString(marked));
        }
        if (run != null) {
            values.add(Long.toString(request.runNumber()));
        }
        if (loadedAt != null) {
            values.add(database.spelling().instant(request.loadedAt()));
        }
        return values;
    }

    /** The audit column that holds the run's number. */
    public Optional<TargetColumn> runColumn() {
        return Optional.ofNullable(run);
    }

    /** True for the columns that the content hash covers: the data and the mark. */
    public boolean isHashed(TargetColumn column) {
        return column.equals(mark)
                || data.stream().anyMatch(pair -> pair.column().equals(column));
    }

    /** The run's number where the table has a column for it. */
    public @Nullable Long runStamp() {
        return run == null ? null : request.runNumber();
    }

    /** The load's time where the table has a column for it. */
    public @Nullable Instant timeStamp() {
        return loadedAt == null ? null : request.loadedAt();
    }

    /** True when the columns of the stamps, where there are any, have these types and no mark is written. */
    public boolean stampTypes(DataType ofRun, DataType ofTime) {
        return mark == null
                && (run == null || ofRun.equals(run.type()))
                && (loadedAt == null || ofTime.equals(loadedAt.type()));
    }

    public String insertList() {
        return String.join(", ", written());
    }

    /** The data and the mark: what the content hash covers. */
    String hashed() {
        return Stream.concat(data.stream().map(Pair::name), Stream.ofNullable(markName()))
                .map(name -> "t." + name)
                .collect(Collectors.joining(", "));
    }
}
