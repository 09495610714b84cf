package io.headworks.connector.relational;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.MatchedColumns;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table that is loaded.
 *
 * @param sql its name, quoted
 * @param rowId a name by which the database's own number of a row is reached
 */
public record TargetTable(
        TableName name, String sql, String rowId, List<TargetColumn> columns, List<String> primaryKey) {
    public TargetTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /**
     * A column.
     *
     * @param stored its name in the database, where that cannot have its own
     * @param sql that name, quoted
     * @param declared its type in the database's own words
     * @param type null where the table declares none
     * @param collation null where texts are equal only when they are the same
     */
    public record TargetColumn(
            String name,
            String stored,
            String sql,
            String declared,
            @Nullable DataType type,
            boolean notNull,
            boolean generated,
            @Nullable String collation)
            implements MatchedColumns.Column {

        /** A column by the name it has in the database. */
        public TargetColumn(
                String name,
                String sql,
                String declared,
                @Nullable DataType type,
                boolean notNull,
                boolean generated,
                @Nullable String collation) {
            this(name, name, sql, declared, type, notNull, generated, collation);
        }

        /** The same column by its own name. */
        TargetColumn called(String own) {
            return new TargetColumn(own, stored, sql, declared, type, notNull, generated, collation);
        }

        /** The type as which it is read where it declares none. */
        public DataType readAs() {
            return type == null ? Simple.TEXT : type;
        }
    }

    public static HeadworksException isView(TableName name) {
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot load into " + name + ": it is a view (allowed: a table)",
                "drop the view, or give load.table another name");
    }

    /** The same table as if it had these columns alone. */
    TargetTable only(List<String> wanted) {
        return new TargetTable(
                name,
                sql,
                rowId,
                wanted.stream().map(each -> column(each).orElseThrow()).toList(),
                primaryKey);
    }

    /** Values that the table finds equal and we do not would look as if they were missing. */
    void refuseCollated() {
        for (TargetColumn column : columns) {
            if (column.collation() != null) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot compare the keys of " + name + ": column '" + column.name() + "' compares text by "
                                + column.collation() + " (allowed: columns that compare text as it is)",
                        "give load.merge_keys without texts, or take extract.deletes.scan out");
            }
        }
    }

    /** The columns as they are read. */
    public Schema schema() {
        return new Schema(columns.stream()
                .map(column -> new Field(column.name(), column.readAs(), !column.notNull()))
                .toList());
    }

    /** The columns that a load writes: those that the database makes itself are left to it. */
    public Schema written() {
        return new Schema(columns.stream()
                .filter(column -> !column.generated())
                .map(column -> new Field(column.name(), column.readAs(), !column.notNull()))
                .toList());
    }

    /** By name, first in the exact case, then without case. */
    public Optional<TargetColumn> column(String wanted) {
        return columns.stream()
                .filter(column -> column.name().equals(wanted))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(column -> column.name().equalsIgnoreCase(wanted))
                        .findFirst());
    }
}
