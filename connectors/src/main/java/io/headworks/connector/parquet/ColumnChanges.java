package io.headworks.connector.parquet;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of a table's columns. Files keep the columns they were written with. */
final class ColumnChanges {
    private ColumnChanges() {}

    /** @param before null when the table does not exist */
    static Schema apply(TableName table, @Nullable Schema before, List<SchemaChange> changes) {
        Schema schema = before;
        for (SchemaChange change : changes) {
            schema = apply(table, schema, change);
        }
        if (schema == null) {
            throw new IllegalArgumentException("no change given");
        }
        return schema;
    }

    private static Schema apply(TableName table, @Nullable Schema schema, SchemaChange change) {
        if (change instanceof SchemaChange.CreateTable create) {
            if (schema != null) {
                throw refused("create " + table, "it exists");
            }
            refuseSameNames(table, create.schema());
            return create.schema();
        }
        if (schema == null) {
            throw refused("change " + table, "no such table");
        }
        if (change instanceof SchemaChange.AddColumn add) {
            String column = add.field().name();
            if (schema.names().stream().anyMatch(column::equalsIgnoreCase)) {
                throw refused("add column '" + column + "' to " + table, "it has one of that name");
            }
            List<Field> fields = new ArrayList<>(schema.fields());
            fields.add(new Field(column, add.field().type(), true));
            return new Schema(fields);
        } else if (change instanceof SchemaChange.WidenColumn widen) {
            return retyped(table, schema, widen.column(), widen.to());
        }
        throw new IllegalStateException("unknown change " + change);
    }

    /** Engines that read the files do not tell columns apart by case. */
    private static void refuseSameNames(TableName table, Schema schema) {
        List<String> seen = new ArrayList<>();
        for (String column : schema.names()) {
            for (String other : seen) {
                if (column.equalsIgnoreCase(other)) {
                    throw refused(
                            "create " + table, "columns '" + other + "' and '" + column + "' differ only in case");
                }
            }
            seen.add(column);
        }
    }

    private static Schema retyped(TableName table, Schema schema, String column, DataType type) {
        if (!schema.has(column)) {
            throw refused("widen column '" + column + "' of " + table, "no such column (columns: " + schema + ")");
        }
        return new Schema(schema.fields().stream()
                .map(field -> field.name().equals(column) ? new Field(column, type, field.nullable()) : field)
                .toList());
    }

    private static HeadworksException refused(String what, String why) {
        return new HeadworksException(FailureKind.SCHEMA_CHANGE, "Cannot " + what + ": " + why);
    }
}
