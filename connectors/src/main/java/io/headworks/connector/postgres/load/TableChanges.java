package io.headworks.connector.postgres.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.type.Field;
import io.headworks.connector.relational.Spelling;
import io.headworks.connector.relational.Statements;
import java.util.stream.Collectors;

/** Changes of a table's columns, in the load's transaction. */
final class TableChanges {
    private final Statements sql;
    private final Spelling spelling;
    private final TableName name;
    private final String schema;
    private final String table;

    /** @param schema in which the table is */
    TableChanges(Statements sql, TableName name, String schema) {
        this.sql = sql;
        this.name = name;
        this.schema = schema;
        this.spelling = sql.spelling();
        this.table = spelling.table(name);
    }

    void apply(SchemaChange change) {
        if (change instanceof SchemaChange.CreateTable create) {
            createSchema();
            sql.write("CREATE TABLE " + table + " ("
                    + create.schema().fields().stream().map(this::definition).collect(Collectors.joining(", ")) + ")");
        } else if (change instanceof SchemaChange.AddColumn add) {
            sql.write("ALTER TABLE " + table + " ADD COLUMN "
                    + definition(new Field(add.field().name(), add.field().type())));
        } else if (change instanceof SchemaChange.WidenColumn widen) {
            sql.write("ALTER TABLE " + table + " ALTER COLUMN " + spelling.name(widen.column()) + " TYPE "
                    + spelling.declared(widen.to(), widen.column()));
        }
    }

    /** A user who may create tables only need not be allowed to create schemas. */
    private void createSchema() {
        boolean there = sql.number("SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = ?", schema) > 0;
        if (!there) {
            sql.execute(PostgresSpelling.lockSchema(schema));
            sql.write("CREATE SCHEMA IF NOT EXISTS " + spelling.name(schema));
        }
    }

    private String definition(Field field) {
        return spelling.name(field.name()) + " " + spelling.declared(field.type(), field.name())
                + (field.nullable() ? "" : " NOT NULL");
    }
}
