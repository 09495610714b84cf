package io.headworks.connector.relational;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
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
     * @param sql its name, quoted
     * @param declared its type in the database's own words
     * @param type null where the table declares none
     * @param collation null where texts are equal only when they are the same
     */
    public record TargetColumn(
            String name,
            String sql,
            String declared,
            @Nullable DataType type,
            boolean notNull,
            boolean generated,
            @Nullable String collation) {

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

    /** The columns as they are read. */
    public Schema schema() {
        return new Schema(columns.stream()
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
