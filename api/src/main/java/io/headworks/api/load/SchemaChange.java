package io.headworks.api.load;

import io.headworks.api.name.StoredName;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.List;

/** One change of a target table's columns or of their names. */
public sealed interface SchemaChange {

    /**
     * The table does not exist yet; {@code schema} includes the audit columns.
     *
     * @param key columns by which loads find rows and of which each row has its own values; empty where there are none
     */
    record CreateTable(Schema schema, List<String> key) implements SchemaChange {
        public CreateTable {
            key = List.copyOf(key);
        }

        public CreateTable(Schema schema) {
            this(schema, List.of());
        }
    }

    record AddColumn(Field field) implements SchemaChange {}

    /** The target remembers what something is called there; it comes before the change that needs it. */
    record KeepName(StoredName name) implements SchemaChange {}

    /** To a type that holds every value of the old one. */
    record WidenColumn(String column, DataType from, DataType to) implements SchemaChange {}
}
