package io.headworks.duckdb.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.SchemaChange.AddColumn;
import io.headworks.api.load.SchemaChange.CreateTable;
import io.headworks.api.load.SchemaChange.KeepName;
import io.headworks.api.load.SchemaChange.WidenColumn;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.load.TableColumn;
import io.headworks.duckdb.load.TableShape;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the planned changes of a table, each only on the table it was planned for. */
final class SchemaEdits {
    private final SqlRunner sql;
    private final String catalog;
    private final TableName table;
    private final String runId;

    SchemaEdits(SqlRunner sql, String catalog, TableName table, String runId) {
        this.sql = sql;
        this.catalog = catalog;
        this.table = table;
        this.runId = runId;
    }

    void make(SchemaChange change) {
        if (change instanceof CreateTable create) {
            create(create.schema());
        } else if (change instanceof AddColumn add) {
            add(add.field());
        } else if (change instanceof WidenColumn widen) {
            widen(widen);
        } else if (change instanceof KeepName keep) {
            new KeptNames(sql, catalog, table).keep(keep.name(), runId);
        }
    }

    private void create(Schema schema) {
        if (new TableCatalog(sql, catalog).shape(table).isPresent()) {
            throw refused("create " + table, "it exists already");
        }
        refuseCollisions(schema);
        if (table.schema() != null) {
            sql.execute("CREATE SCHEMA IF NOT EXISTS " + DuckSql.name(catalog) + "." + DuckSql.name(table.schema()));
        }
        String columns = schema.fields().stream()
                .map(field -> DuckSql.name(field.name()) + " " + DuckTypes.spelling(field.type())
                        + (field.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
        sql.execute("CREATE TABLE " + DuckSql.table(catalog, table) + " (" + columns + ")");
    }

    private void refuseCollisions(Schema schema) {
        Map<String, String> seen = new LinkedHashMap<>();
        for (String name : schema.names()) {
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw refused(
                        "create " + table,
                        "columns '" + other + "' and '" + name
                                + "' differ only in case, which DuckDB does not tell apart");
            }
        }
    }

    /** A column added to rows that are there starts as NULL, whatever the batch declares. */
    private void add(Field field) {
        TableShape shape = existing("add column '" + field.name() + "' to " + table);
        if (shape.column(field.name()).isPresent()) {
            throw refused("add column '" + field.name() + "' to " + table, "it exists already");
        }
        sql.execute("ALTER TABLE " + shape.sql() + " ADD COLUMN " + DuckSql.name(field.name()) + " "
                + DuckTypes.spelling(field.type()));
    }

    private void widen(WidenColumn change) {
        String what = "widen column '" + change.column() + "' of " + table;
        TableShape shape = existing(what);
        TableColumn column = shape.column(change.column()).orElseThrow(() -> refused(what, "it does not exist"));
        if (!column.type().equals(change.from())) {
            throw refused(what, "it is " + column.type() + " (planned from " + change.from() + ")");
        }
        sql.execute("ALTER TABLE " + shape.sql() + " ALTER COLUMN " + DuckSql.name(column.name()) + " SET DATA TYPE "
                + DuckTypes.spelling(change.to()));
    }

    private TableShape existing(String what) {
        return new TableCatalog(sql, catalog).shape(table).orElseThrow(() -> refused(what, "the table does not exist"));
    }

    private static HeadworksException refused(String what, String why) {
        return new HeadworksException(
                FailureKind.SCHEMA_CHANGE,
                "Cannot " + what + ": " + why,
                "Plan again: the table has changed meanwhile.");
    }
}
