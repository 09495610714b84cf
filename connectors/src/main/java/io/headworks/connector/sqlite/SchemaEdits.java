package io.headworks.connector.sqlite;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Changes of a table's columns, in the load's transaction. */
final class SchemaEdits {
    private final Statements sql;
    private final TableName name;

    SchemaEdits(Statements sql, TableName name) {
        this.sql = sql;
        this.name = name;
    }

    void apply(SchemaChange change) {
        if (change instanceof SchemaChange.CreateTable create) {
            create(create);
        } else if (change instanceof SchemaChange.AddColumn add) {
            sql.write("ALTER TABLE " + SqliteSql.table(name) + " ADD COLUMN " + definition(add.field(), true));
        } else if (change instanceof SchemaChange.WidenColumn widen) {
            widen(widen);
        }
    }

    private void create(SchemaChange.CreateTable create) {
        sql.write("CREATE TABLE " + SqliteSql.table(name) + " ("
                + create.schema().fields().stream()
                        .map(field -> definition(field, field.nullable()))
                        .collect(Collectors.joining(", "))
                + ")");
    }

    private static String definition(Field field, boolean nullable) {
        return SqliteSql.name(field.name()) + " " + SqliteTypes.declared(field.type(), field.name())
                + (nullable ? "" : " NOT NULL");
    }

    /** SQLite changes no type of a column: a table with the new one is built beside and takes the name. */
    private void widen(SchemaChange.WidenColumn widen) {
        TargetTable table = FoundTable.find(sql, name)
                .orElseThrow(() -> refused("Cannot widen a column of " + name + ": no such table"));
        TargetColumn column = table.column(widen.column())
                .orElseThrow(() -> refused("Cannot widen column '" + widen.column() + "' of " + name
                        + ": no such column (columns: " + table.schema() + ")"));
        refuseUnlessPlain(widen);
        String beside = "main." + SqliteSql.name("hw_tmp_widened");
        String definitions = table.columns().stream()
                .map(each -> each.equals(column)
                        ? definition(new Field(each.name(), widen.to()), !each.notNull())
                        : SqliteSql.name(each.name()) + " " + each.declared() + (each.notNull() ? " NOT NULL" : ""))
                .collect(Collectors.joining(", "));
        String values = table.columns().stream()
                .map(each -> each.equals(column) ? widened(each, widen) : SqliteSql.name(each.name()))
                .collect(Collectors.joining(", "));
        sql.write("CREATE TABLE " + beside + " (" + definitions + ")");
        sql.write(
                "INSERT INTO " + beside + " SELECT " + values + " FROM " + table.sql() + " ORDER BY " + table.rowId());
        sql.write("DROP TABLE " + table.sql());
        sql.write("ALTER TABLE " + beside + " RENAME TO " + SqliteSql.name(name.table()));
    }

    private void refuseUnlessPlain(SchemaChange.WidenColumn widen) {
        long attached = sql.number(
                "SELECT count(*) FROM main.sqlite_schema WHERE lower(tbl_name) = lower(?) AND type <> 'table'",
                name.table());
        Optional<String> text = sql
                .query(
                        "SELECT sql FROM main.sqlite_schema WHERE lower(name) = lower(?) AND type = 'table'",
                        row -> row.getString(1).toUpperCase(Locale.ROOT),
                        name.table())
                .stream()
                .findFirst();
        boolean plain = text.isPresent()
                && List.of(" DEFAULT", " CHECK", " REFERENCES", " COLLATE", " GENERATED", " PRIMARY", " UNIQUE")
                        .stream()
                        .noneMatch(text.get()::contains);
        if (attached > 0 || !plain) {
            throw refused("Cannot widen column '" + widen.column() + "' of " + name + " to " + widen.to()
                    + ": SQLite changes no type in place, and the table has keys, indexes, triggers or rules that a copy"
                    + " would lose");
        }
    }

    private String widened(TargetColumn column, SchemaChange.WidenColumn widen) {
        String value = SqliteSql.name(column.name());
        DataType to = widen.to();
        if (to instanceof DataType.Timestamp timestamp && column.type() instanceof DataType.Timestamp from) {
            return "CASE WHEN " + value + " IS NOT NULL THEN rtrim(" + value + ", 'Z') || '"
                    + zeros(from.digits(), timestamp.digits()) + (timestamp.zoned() ? "Z" : "") + "' END";
        } else if (to instanceof DataType.Time time && column.type() instanceof DataType.Time from) {
            return value + " || '" + zeros(from.digits(), time.digits()) + "'";
        } else if (CellWriter.isExactText(to)) {
            return "hw_exact(" + value + ", " + (to instanceof DataType.Decimal decimal ? decimal.scale() : 0) + ")";
        }
        boolean sameStorage = to.isInteger() || to == Simple.DOUBLE || to.isText() || to == Simple.BINARY;
        if (!sameStorage) {
            throw refused("Cannot widen column '" + column.name() + "' of " + name + " from " + widen.from() + " to "
                    + to + " in SQLite: not yet");
        }
        return value;
    }

    private static String zeros(int from, int to) {
        return (from == 0 && to > 0 ? "." : "") + "0".repeat(Math.max(0, to - from));
    }

    private static HeadworksException refused(String message) {
        return new HeadworksException(FailureKind.SCHEMA_CHANGE, message);
    }
}
