package io.headworks.connector.sqlite;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.connector.relational.Database;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.Spelling;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import io.headworks.connector.result.UnfitValue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** SQLite as a database to load into. */
final class SqliteDatabase implements Database {
    private static final int DIGITS_IN_DOUBLE = 15;

    private final SqliteSpelling spelling = new SqliteSpelling();

    @Override
    public Spelling spelling() {
        return spelling;
    }

    @Override
    public HeadworksException failure(String what, FailureKind unreachable, SQLException failed) {
        return SqliteErrors.of(what, unreachable, failed);
    }

    /** Instants in the text that a TIMESTAMPTZ column holds. */
    @Override
    public @Nullable Object parameter(@Nullable Object value) {
        return value instanceof Instant instant ? SqliteSpelling.instantText(instant) : value;
    }

    @Override
    public @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        try {
            return text == null ? null : Instant.EPOCH.plus(ClockText.timestamp(text, 6, true), ChronoUnit.MICROS);
        } catch (UnfitValue unfit) {
            throw new HeadworksException(
                    FailureKind.POSITION_LOST,
                    "Cannot read our own table: " + column + " '" + text + "' " + unfit.getMessage());
        }
    }

    @Override
    public boolean ownTableExists(Statements sql, String table) {
        return sql.number(
                        "SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name = ?",
                        LedgerTables.PREFIX + table)
                > 0;
    }

    @Override
    public Optional<TargetTable> look(Statements sql, TableName name) {
        return FoundTable.find(sql, name);
    }

    @Override
    public List<TableName> tables(Statements sql) {
        return sql.run(() -> new SqliteCatalog(sql.connection()).tables());
    }

    @Override
    public void change(Statements sql, TableName name, SchemaChange change) {
        new SchemaEdits(sql, name).apply(change);
    }

    @Override
    public @Nullable String unfit(TargetColumn column, Field delivered) {
        boolean numeric = !column.declared().toUpperCase(Locale.ROOT).contains("TEXT");
        if (column.type() instanceof DataType.Decimal decimal && numeric && decimal.precision() > DIGITS_IN_DOUBLE) {
            return "column '" + column.name() + "' is declared " + column.declared()
                    + ", and SQLite keeps no more than " + DIGITS_IN_DOUBLE
                    + " digits of it exactly (declare it DECIMAL_TEXT(p,s))";
        }
        return null;
    }

    @Override
    public void interrupt(Connection connection) throws SQLException {
        connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
    }

    @Override
    public void begin(Statements sql) {
        sql.execute("BEGIN IMMEDIATE");
    }

    /** SQLite begins no transaction in another. */
    @Override
    public boolean inTransaction(Statements sql) {
        try (Statement statement = sql.connection().createStatement()) {
            statement.execute("BEGIN");
            statement.execute("ROLLBACK");
            return false;
        } catch (SQLException within) {
            return String.valueOf(within.getMessage()).contains("within a transaction");
        }
    }

    @Override
    public BatchTable batch(Statements sql, EngineSession engine, LoadColumns columns) {
        return new TempBatch(sql, engine, columns);
    }

    @Override
    public TouchedRows touch(Statements sql, TargetTable table, LoadColumns columns) {
        return NotedRows.begin(sql, table);
    }

    @Override
    public Relation read(Statements sql, EngineSession engine, TargetTable table, String from) {
        return TableRows.load(sql, engine, table, from);
    }
}
