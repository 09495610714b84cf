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
                throw refused(table, "create " + table, "it exists");
            }
            return create.schema();
        }
        if (schema == null) {
            throw refused(table, "change " + table, "no such table");
        }
        if (change instanceof SchemaChange.AddColumn add) {
            String column = add.field().name();
            if (schema.names().stream().anyMatch(column::equalsIgnoreCase)) {
                throw refused(table, "add column '" + column + "' to " + table, "it has one of that name");
            }
            List<Field> fields = new ArrayList<>(schema.fields());
            fields.add(new Field(column, add.field().type(), true));
            return new Schema(fields);
        } else if (change instanceof SchemaChange.WidenColumn widen) {
            return retyped(table, schema, widen.column(), widen.to());
        }
        throw new IllegalStateException("unknown change " + change);
    }

    private static Schema retyped(TableName table, Schema schema, String column, DataType type) {
        if (!schema.has(column)) {
            throw refused(
                    table, "widen column '" + column + "' of " + table, "no such column (columns: " + schema + ")");
        }
        return new Schema(schema.fields().stream()
                .map(field -> field.name().equals(column) ? new Field(column, type, field.nullable()) : field)
                .toList());
    }

    private static HeadworksException refused(TableName table, String what, String why) {
        return new HeadworksException(FailureKind.SCHEMA_CHANGE, "Cannot " + what + ": " + why);
    }
}
