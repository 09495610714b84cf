package io.headworks.connector.sqlite;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Our tables in the user's file: {@code hw_ledger}, {@code hw_fence}, {@code hw_dead_letter}. */
final class OwnTables {
    static final String LEDGER = name(LedgerTables.LEDGER);
    static final String FENCE = name(LedgerTables.FENCE);
    static final String DEAD_LETTER = name(LedgerTables.DEAD_LETTER);

    private OwnTables() {}

    private static String name(String table) {
        return "main." + SqliteSql.name(LedgerTables.PREFIX + table);
    }

    /** Statements that create what is missing, and change nothing where it is there. */
    static List<String> ddl() {
        return List.of(
                create(LEDGER, LedgerTables.LEDGER_COLUMNS, SqliteSql.names(LedgerTables.LEDGER_KEY)),
                create(FENCE, LedgerTables.FENCE_COLUMNS, SqliteSql.name("dataset")),
                create(DEAD_LETTER, LedgerTables.DEAD_LETTER_COLUMNS, SqliteSql.name("id")));
    }

    private static String create(String table, Schema schema, String key) {
        String columns = schema.fields().stream()
                .map(field -> SqliteSql.name(field.name()) + " " + SqliteTypes.declared(field.type(), field.name())
                        + (field.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS " + table + " (" + columns + ", PRIMARY KEY (" + key + "))";
    }

    static boolean exists(LoadStatements sql, String table) {
        String plain = table.substring(table.indexOf('"') + 1, table.length() - 1);
        return sql.number("SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name = ?", plain) > 0;
    }

    /** A value for a parameter; instants in the text that a TIMESTAMPTZ column holds. */
    static @Nullable Object parameter(@Nullable Object value) {
        return value instanceof Instant instant ? instant(instant) : value;
    }

    static String instant(Instant instant) {
        try {
            return ClockText.ofTimestamp(ChronoUnit.MICROS.between(Instant.EPOCH, instant), 6, true);
        } catch (UnfitValue unfit) {
            throw new IllegalArgumentException("Cannot keep " + instant + ": it " + unfit.getMessage(), unfit);
        }
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        try {
            return text == null ? null : Instant.EPOCH.plus(ClockText.timestamp(text, 6, true), ChronoUnit.MICROS);
        } catch (UnfitValue unfit) {
            throw new HeadworksException(
                    FailureKind.POSITION_LOST,
                    "Cannot read our own table: " + column + " '" + text + "' " + unfit.getMessage());
        }
    }

    /** A value as {@link LedgerTables#row} takes it. */
    static @Nullable Object value(ResultSet row, Field field) throws SQLException {
        return field.type() instanceof DataType.Timestamp ? instant(row, field.name()) : row.getObject(field.name());
    }
}
