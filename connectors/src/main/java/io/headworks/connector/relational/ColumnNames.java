package io.headworks.connector.relational;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.name.NameRule;
import io.headworks.api.name.NameTable;
import io.headworks.api.name.StoredName;
import io.headworks.api.name.StoredName.Of;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a table and its columns are called in a database that cannot have their names: read, kept, and put in place. */
final class ColumnNames {
    private final Statements sql;
    private final TableName table;
    private List<StoredName> names;

    private ColumnNames(Statements sql, TableName table) {
        this.sql = sql;
        this.table = table;
        this.names = all();
    }

    static ColumnNames of(Statements sql, TableName table) {
        return new ColumnNames(sql, table);
    }

    List<StoredName> names() {
        return names;
    }

    private List<StoredName> all() {
        if (!OwnTables.exists(sql, NameTable.NAME)) {
            return List.of();
        }
        return sql.query(
                "SELECT " + sql.spelling().ownColumns(NameTable.READ) + " FROM "
                        + sql.spelling().own(NameTable.NAME) + " WHERE "
                        + sql.spelling().ownColumn("table_id") + " = ? ORDER BY "
                        + sql.spelling().ownColumn("name_id"),
                row -> NameTable.name(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                NameTable.tableId(sql.spelling().table(table)));
    }

    /** The table as found, its columns by their own names. */
    TargetTable own(TargetTable found) {
        return new TargetTable(
                found.name(),
                found.sql(),
                found.rowId(),
                found.columns().stream().map(this::own).toList(),
                found.primaryKey().stream().map(this::ownName).toList());
    }

    private TargetColumn own(TargetColumn column) {
        return column.called(ownName(column.stored()));
    }

    private String ownName(String stored) {
        return names.stream()
                .filter(name -> name.of() == Of.COLUMN && name.stored().equals(stored))
                .map(StoredName::name)
                .findFirst()
                .orElse(stored);
    }

    private String storedName(String own) {
        return names.stream()
                .filter(name -> name.of() == Of.COLUMN && name.name().equals(own))
                .map(StoredName::stored)
                .findFirst()
                .orElse(own);
    }

    /** Makes changes, under the names that are stored. */
    void make(List<SchemaChange> changes, String runId) {
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.KeepName keep) {
                keep(keep.name(), runId);
            } else {
                sql.database().change(sql, table, stored(change));
            }
        }
    }

    private SchemaChange stored(SchemaChange change) {
        if (change instanceof SchemaChange.CreateTable create) {
            refuseTwins(create.schema());
            return new SchemaChange.CreateTable(
                    new Schema(
                            create.schema().fields().stream().map(this::stored).toList()),
                    create.key().stream().map(this::storedName).toList());
        } else if (change instanceof SchemaChange.AddColumn add) {
            return new SchemaChange.AddColumn(stored(add.field()));
        } else if (change instanceof SchemaChange.WidenColumn widen) {
            return new SchemaChange.WidenColumn(storedName(widen.column()), widen.from(), widen.to());
        }
        return change;
    }

    /** Columns must be told apart in the database, and by their own names in the engine that reads the table. */
    private void refuseTwins(Schema schema) {
        NameRule rule = sql.spelling().names();
        Map<String, String> seen = new HashMap<>();
        Map<String, String> stored = new HashMap<>();
        for (String column : schema.names()) {
            String other = seen.put(NameRule.ANY.folded(column), column);
            String same = stored.put(rule.folded(storedName(column)), column);
            if (other != null || same != null) {
                throw new HeadworksException(
                        FailureKind.SCHEMA_CHANGE,
                        "Cannot create " + table + ": columns '" + (other == null ? same : other) + "' and '" + column
                                + "' have the same name to " + sql.spelling().database() + " or to the engine");
            }
        }
    }

    private Field stored(Field field) {
        return new Field(storedName(field.name()), field.type(), field.nullable());
    }

    private void keep(StoredName wanted, String runId) {
        if (NameTable.isKept(names, wanted)) {
            return;
        }
        OwnTables.names(sql).forEach(sql::execute);
        sql.update(
                "INSERT INTO " + sql.spelling().own(NameTable.NAME) + " ("
                        + sql.spelling().ownColumns(NameTable.COLUMNS.names()) + ") VALUES ("
                        + NameTable.COLUMNS.names().stream().map(column -> "?").collect(Collectors.joining(", ")) + ")",
                NameTable.row(sql.spelling().table(table), wanted, runId).toArray());
        List<StoredName> more = new ArrayList<>(names);
        more.add(wanted);
        names = more;
    }
}
