package io.headworks.connector.mysql.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Widening;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.stream.Collectors;

/**
 * Changes of a table's columns. Each commits by itself, so each only adds, and one that is there already, because a run
 * was stopped behind it, is left as it is.
 */
final class TableChanges {
    private final Statements sql;
    private final MysqlSpelling spelling;
    private final TableName name;

    TableChanges(Statements sql, MysqlSpelling spelling, TableName name) {
        this.sql = sql;
        this.spelling = spelling;
        this.name = name;
    }

    void apply(SchemaChange change) {
        if (change instanceof SchemaChange.CreateTable create) {
            create(create);
        } else if (change instanceof SchemaChange.AddColumn add) {
            add(add.field());
        } else if (change instanceof SchemaChange.WidenColumn widen) {
            widen(widen);
        }
    }

    private void create(SchemaChange.CreateTable create) {
        TextOrder texts = TextOrder.of(sql);
        sql.write("CREATE TABLE IF NOT EXISTS " + spelling.table(name) + " ("
                + create.schema().fields().stream()
                        .map(field -> definition(field, field.nullable(), texts))
                        .collect(Collectors.joining(", "))
                + KeyIndex.of(name, create) + ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=" + texts.collation());
    }

    /** A TIMESTAMP without a word on NULL would change by itself with every update of its row. */
    private static String definition(Field field, boolean nullable, TextOrder texts) {
        boolean instant = field.type() instanceof DataType.Timestamp timestamp && timestamp.zoned();
        String type = MysqlTypes.declared(field.type(), field.name(), texts.collation());
        String mayBeNull = nullable ? " NULL" : " NOT NULL" + (instant ? " DEFAULT '1970-01-01 00:00:01'" : "");
        int check = type.indexOf(" CHECK ");
        String ordered = check < 0 ? type + mayBeNull : type.substring(0, check) + mayBeNull + type.substring(check);
        return io.headworks.connector.mysql.session.MysqlSql.name(field.name()) + " " + ordered;
    }

    private TargetTable table() {
        return FoundTable.find(sql, spelling, name)
                .orElseThrow(() -> refused("Cannot change " + name + ": no such table"));
    }

    private void add(Field field) {
        if (table().column(field.name()).isEmpty()) {
            sql.write("ALTER TABLE " + spelling.table(name) + " ADD COLUMN "
                    + definition(field, true, TextOrder.of(sql)));
        }
    }

    private void widen(SchemaChange.WidenColumn widen) {
        TargetTable table = table();
        TargetColumn column = table.column(widen.column())
                .orElseThrow(
                        () -> refused("Cannot widen column '" + widen.column() + "' of " + name + ": no such column"));
        if (column.type() != null && Widening.holds(column.type(), MysqlTypes.stored(widen.to()))) {
            return;
        }
        refuseUnlessPlain(widen, column);
        String collation = column.collation() == null ? TextOrder.of(sql).collation() : column.collation();
        String type = MysqlTypes.declared(widen.to(), column.name(), collation)
                .replace(" CHARACTER SET utf8mb4 COLLATE ", " COLLATE ");
        sql.write("ALTER TABLE " + spelling.table(name) + " MODIFY COLUMN " + column.sql() + " " + type
                + (column.notNull() ? " NOT NULL" : " NULL")
                + KeyIndex.widened(sql, table, new Field(column.name(), widen.to(), !column.notNull())));
    }

    /** MODIFY says all of a column anew: what it does not say is lost. */
    private void refuseUnlessPlain(SchemaChange.WidenColumn widen, TargetColumn column) {
        long plain = sql.number(
                "SELECT count(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?"
                        + " AND COLUMN_NAME = ? AND coalesce(COLUMN_DEFAULT, 'NULL') = 'NULL' AND EXTRA = ''"
                        + " AND COLUMN_COMMENT = ''",
                spelling.names().fitted(name.table()),
                column.name());
        if (plain != 1) {
            throw refused("Cannot widen column '" + widen.column() + "' of " + name + " to " + widen.to()
                    + ": it has a default, a comment or another property that the change would lose");
        }
    }

    private static HeadworksException refused(String message) {
        return new HeadworksException(FailureKind.SCHEMA_CHANGE, message);
    }
}
