package io.headworks.api.load;

import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;

/** One change of a target table's columns. */
public sealed interface SchemaChange {

    /** The table does not exist yet; {@code schema} includes the audit columns. */
    record CreateTable(Schema schema) implements SchemaChange {}

    record AddColumn(Field field) implements SchemaChange {}

    /** To a type that holds every value of the old one. */
    record WidenColumn(String column, DataType from, DataType to) implements SchemaChange {}
}
