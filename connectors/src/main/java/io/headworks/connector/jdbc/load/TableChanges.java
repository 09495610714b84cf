package io.headworks.connector.jdbc.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.type.Field;
import io.headworks.api.type.Widening;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Changes of a table's columns. Where each commits by itself, one that is there already, because a run was stopped behind
 * it, is left as it is.
 */
final class TableChanges {
    private final Statements sql;
    private final JdbcSpelling spelling;
    private final TableName name;

    TableChanges(Statements sql, JdbcSpelling spelling, TableName name) {
        this.sql = sql;
        this.spelling = spelling;
        this.name = name;
    }

    void apply(SchemaChange change) {
        Optional<TargetTable> table = FoundTable.find(sql, spelling, name);
        if (change instanceof SchemaChange.CreateTable create) {
            if (table.isEmpty()) {
                create(create);
            }
            return;
        }
        TargetTable found = table.orElseThrow(() -> refused("Cannot change " + name + ": no such table"));
        if (change instanceof SchemaChange.AddColumn add) {
            if (found.column(add.field().name()).isEmpty()) {
                sql.write("ALTER TABLE " + found.sql() + " ADD COLUMN " + definition(add.field()));
            }
        } else if (change instanceof SchemaChange.WidenColumn widen) {
            widen(found, widen);
        }
    }

    private void create(SchemaChange.CreateTable create) {
        sql.write("CREATE TABLE " + spelling.table(name) + " ("
                + create.schema().fields().stream()
                        .map(field -> definition(field) + (field.nullable() ? "" : " NOT NULL"))
                        .collect(Collectors.joining(", "))
                + ")");
    }

    private String definition(Field field) {
        return spelling.name(field.name()) + " " + spelling.declared(field.type(), field.name());
    }

    private void widen(TargetTable table, SchemaChange.WidenColumn widen) {
        TargetColumn column = table.column(widen.column())
                .orElseThrow(
                        () -> refused("Cannot widen column '" + widen.column() + "' of " + name + ": no such column"));
        String type = spelling.declared(widen.to(), column.name());
        if (column.type() != null && Widening.holds(column.type(), spelling.storedAs(widen.to()))) {
            return;
        }
        String statement = spelling.dialect().forms().widen(table.sql(), column.sql(), type);
        if (statement == null) {
            throw new HeadworksException(
                    FailureKind.SCHEMA_CHANGE,
                    "Cannot widen column '" + widen.column() + "' of " + name + " from " + column.declared() + " to "
                            + widen.to() + ": " + spelling.database() + " changes no type of a column",
                    "make a table with the wider column and move the rows, or cast the column in a stage");
        }
        sql.write(statement);
    }

    private static HeadworksException refused(String message) {
        return new HeadworksException(FailureKind.SCHEMA_CHANGE, message);
    }
}
