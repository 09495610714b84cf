package io.headworks.connector.relational;

import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Our tables in the user's database: the ledger, the fences, the dead letters. */
final class OwnTables {
    private OwnTables() {}

    /** Statements that create what is missing, and change nothing where it is there. */
    static List<String> ddl(Spelling spelling) {
        List<String> ddl = new ArrayList<>();
        String place = spelling.createOwnSchema();
        if (place != null) {
            ddl.add(place);
        }
        ddl.add(create(spelling, LedgerTables.LEDGER, LedgerTables.LEDGER_COLUMNS, LedgerTables.LEDGER_KEY));
        ddl.add(create(spelling, LedgerTables.FENCE, LedgerTables.FENCE_COLUMNS, List.of("dataset")));
        ddl.add(create(spelling, LedgerTables.DEAD_LETTER, LedgerTables.DEAD_LETTER_COLUMNS, List.of("id")));
        return ddl;
    }

    private static String create(Spelling spelling, String table, Schema schema, List<String> key) {
        String columns = schema.fields().stream()
                .map(field -> spelling.name(field.name()) + " " + declared(spelling, field, key)
                        + (field.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS " + spelling.own(table) + " (" + columns + ", PRIMARY KEY ("
                + spelling.names(key) + "))";
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
