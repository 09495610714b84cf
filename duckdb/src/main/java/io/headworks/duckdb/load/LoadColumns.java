package io.headworks.duckdb.load;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Widening;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a batch goes into which column of a table: by name, first in the exact case, then without case. Every
 * column of the table must be delivered but audit columns, the mark of deleted rows and generated columns, because a
 * load writes whole rows; and every column of the batch must have a place.
 */
final class LoadColumns {
    private final LoadRequest request;
    private final TableShape table;
    private final List<Pair> data = new ArrayList<>();
    private final @Nullable TableColumn run;
    private final @Nullable TableColumn loadedAt;
    private final @Nullable TableColumn mark;

    /** A column of the table and the batch's column that fills it. */
    record Pair(TableColumn column, Field delivered) {
        String name() {
            return DuckSql.name(column.name());
        }

        /** The batch's value in the column's own type; that cast loses nothing. */
        String value(String alias) {
            String value = alias + "." + DuckSql.name(delivered.name());
            return DuckTypes.spelling(delivered.type()).equals(column.spelling())
                    ? value
                    : "CAST(" + value + " AS " + column.spelling() + ")";
        }
    }

    private LoadColumns(LoadRequest request, TableShape table) {
        this.request = request;
        this.table = table;
        AuditColumns audit = request.load().audit();
        this.run = audit == null ? null : table.column(audit.run()).orElse(null);
        this.loadedAt = audit == null ? null : table.column(audit.loadedAt()).orElse(null);
        this.mark = marksDeletes(request.load()) ? requiredMark() : null;
    }

    static LoadColumns of(LoadRequest request, TableShape table) {
        LoadColumns columns = new LoadColumns(request, table);
        columns.match(request.batch());
        return columns;
    }

    static boolean marksDeletes(Load load) {
        return load.strategy() == Strategy.SOFT_DELETE
                || (load.strategy() == Strategy.MERGE && load.deletes() == Load.Deletes.MARK);
    }

    private TableColumn requiredMark() {
        String name = request.load().deletedColumn();
        TableColumn column = table.column(name)
                .orElseThrow(() -> refused("column '" + name + "' that marks deleted rows is missing (columns: "
                        + String.join(", ", table.names()) + ")"));
        if (column.type() != DataType.Simple.BOOLEAN) {
            throw refused("column '" + name + "' that marks deleted rows is " + column.type() + " (allowed: boolean)");
        }
        return column;
    }

    private void match(Relation batch) {
        List<Field> left = new ArrayList<>(batch.schema().fields());
        for (TableColumn column : table.columns()) {
            if (column.generated()) {
                continue;
            }
            Optional<Field> delivered = find(left, column.name());
            delivered.ifPresent(left::remove);
            if (isAudit(column)) {
                delivered.ifPresent(field -> {
                    throw refused(
                            "the batch brings column '" + field.name() + "', which is an audit column of the table");
                });
            } else if (!column.equals(mark)) {
                data.add(new Pair(column, fitting(column, delivered)));
            }
        }
        if (!left.isEmpty()) {
            throw refused("the table has no column for '" + left.get(0).name() + "' of the batch (columns: "
                    + String.join(", ", table.names()) + ")");
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

    private Field fitting(TableColumn column, Optional<Field> delivered) {
        Field field = delivered.orElseThrow(() -> refused("the batch lacks column '" + column.name()
                + "' of the table, and a load writes whole rows (columns of the batch: "
                + request.batch().schema() + ")"));
        DataType stored = DuckTypes.parse(DuckTypes.spelling(field.type()));
        if (!Widening.holds(column.type(), field.type()) && !Widening.holds(column.type(), stored)) {
            throw refused("column '" + column.name() + "' is " + column.type() + " in the table and " + field.type()
                    + " in the batch, which it does not hold exactly");
        }
        return field;
    }

    private boolean isAudit(TableColumn column) {
        return column.equals(run) || column.equals(loadedAt);
    }

    HeadworksException refused(String why) {
        return new HeadworksException(
                FailureKind.SCHEMA_CHANGE,
                "Cannot " + request.load().strategy().key() + " into "
                        + request.load().table() + ": " + why);
    }

    List<Pair> data() {
        return data;
    }

    /** The column a strategy needs by name, as a pair. */
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

    List<Pair> keys() {
        return request.load().mergeKeys().stream()
                .map(key -> named(key, "key column"))
                .toList();
    }

    List<Pair> orderBy() {
        return request.load().orderBy().stream()
                .map(column -> named(column, "order_by column"))
                .toList();
    }

    /** The quoted name of the column that marks deleted rows, or null when deletes are not marked. */
    @Nullable
    String markName() {
        return mark == null ? null : DuckSql.name(mark.name());
    }

    /** All columns that an INSERT fills, quoted. */
    String written() {
        return Stream.concat(
                        data.stream().map(Pair::column),
                        Stream.of(mark, run, loadedAt).filter(c -> c != null))
                .map(column -> DuckSql.name(column.name()))
                .collect(Collectors.joining(", "));
    }

    /** Values for {@link #written}: the data columns given, then the mark and the audit columns. */
    String values(List<String> dataValues, boolean marked) {
        List<String> values = new ArrayList<>(dataValues);
        if (mark != null) {
            values.add(String.valueOf(marked));
        }
        if (run != null) {
            values.add(String.valueOf(request.runNumber()));
        }
        if (loadedAt != null) {
            values.add(DuckSql.literal(request.loadedAt().toString(), DataType.TIMESTAMPTZ));
        }
        return String.join(", ", values);
    }

    /** The columns of a row that the content hash covers, quoted: all but generated and audit columns. */
    String hashed() {
        return table.columns().stream()
                .filter(column -> !column.generated() && !isAudit(column))
                .map(column -> DuckSql.name(column.name()))
                .collect(Collectors.joining(", "));
    }
}
