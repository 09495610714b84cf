package io.headworks.connector.relational;

import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.name.NameTable;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Our tables in the user's database: the ledger, the fences, the dead letters, and names. */
final class OwnTables {
    private OwnTables() {}

    /** Statements that create all. */
    static List<String> ddl(Spelling spelling) {
        return ddl(spelling, table -> true);
    }

    /** Statements that create what is not there yet and every load needs. */
    static List<String> missing(Statements sql) {
        return alone(sql, ddl(sql.spelling(), table -> !table.equals(NameTable.NAME) && !exists(sql, table)));
    }

    /** Statements that create the place of names where it is not there yet. */
    static List<String> names(Statements sql) {
        return alone(sql, ddl(sql.spelling(), table -> table.equals(NameTable.NAME) && !exists(sql, table)));
    }

    private static List<String> alone(Statements sql, List<String> ddl) {
        String lock = sql.spelling().lockOwnSchema();
        if (lock != null && !ddl.isEmpty()) {
            ddl.add(0, lock);
        }
        return ddl;
    }

    private static List<String> ddl(Spelling spelling, Predicate<String> wanted) {
        List<String> ddl = new ArrayList<>();
        if (wanted.test(LedgerTables.LEDGER)) {
            ddl.add(create(spelling, LedgerTables.LEDGER, LedgerTables.LEDGER_COLUMNS, LedgerTables.LEDGER_KEY));
        }
        if (wanted.test(LedgerTables.FENCE)) {
            ddl.add(create(spelling, LedgerTables.FENCE, LedgerTables.FENCE_COLUMNS, List.of("dataset")));
        }
        if (wanted.test(LedgerTables.DEAD_LETTER)) {
            ddl.add(create(spelling, LedgerTables.DEAD_LETTER, LedgerTables.DEAD_LETTER_COLUMNS, List.of("id")));
        }
        if (wanted.test(NameTable.NAME)) {
            ddl.add(create(spelling, NameTable.NAME, NameTable.COLUMNS, NameTable.KEY));
        }
        String place = spelling.createOwnSchema();
        if (place != null && !ddl.isEmpty()) {
            ddl.add(0, place);
        }
        return ddl;
    }

    private static String create(Spelling spelling, String table, Schema schema, List<String> key) {
        String columns = schema.fields().stream()
                .map(field -> spelling.ownColumn(field.name()) + " " + declared(spelling, field, key)
                        + (field.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
        return spelling.createOwn(table, columns + ", PRIMARY KEY (" + spelling.ownColumns(key) + ")");
    }

    private static String declared(Spelling spelling, Field field, List<String> key) {
        return key.contains(field.name())
                ? spelling.declaredInKey(field.type(), field.name())
                : spelling.declared(field.type(), field.name());
    }

    static boolean exists(Statements sql, String table) {
        return sql.database().ownTableExists(sql, table);
    }

    /** A value as {@link LedgerTables#row} takes it. */
    static @Nullable Object value(Database database, ResultSet row, Field field) throws SQLException {
        return field.type() instanceof DataType.Timestamp
                ? database.instant(row, field.name())
                : row.getObject(field.name());
    }
}
