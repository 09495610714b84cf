package io.headworks.connector.postgres.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.connector.postgres.session.PostgresErrors;
import io.headworks.connector.relational.Database;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.Spelling;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as a database to load into, on one session. */
final class PostgresDatabase implements Database {
    private final PostgresSpelling spelling;
    private final PostgresErrors errors;
    private String transaction = "";

    PostgresDatabase(PostgresSpelling spelling, PostgresErrors errors) {
        this.spelling = spelling;
        this.errors = errors;
    }

    @Override
    public Spelling spelling() {
        return spelling;
    }

    @Override
    public HeadworksException failure(String what, FailureKind unreachable, SQLException failed) {
        return errors.of(what, failed);
    }

    @Override
    public @Nullable Object parameter(@Nullable Object value) {
        return value instanceof Instant instant
                ? instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC)
                : value;
    }

    @Override
    public @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    @Override
    public boolean ownTableExists(Statements sql, String table) {
        return sql.number(
                        "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = ? AND tablename = ?",
                        LedgerTables.SCHEMA,
                        table)
                > 0;
    }

    @Override
    public Optional<TargetTable> find(Statements sql, TableName name) {
        return new TableCatalog(sql, spelling).find(name);
    }

    @Override
    public List<TableName> tables(Statements sql) {
        return new TableCatalog(sql, spelling).tables();
    }

    @Override
    public void change(Statements sql, TableName name, SchemaChange change) {
        new TableChanges(sql, name, spelling.schema(name)).apply(change);
    }

    @Override
    public @Nullable String unfit(TargetColumn column, Field delivered) {
        boolean written =
                column.type() != null && (column.type() == PostgresTypes.ENUM || ArrayWriter.writes(column.declared()));
        if (!written) {
            return "column '" + column.name() + "' is " + column.declared() + ", which is not written yet";
        } else if (delivered.type() == Simple.GEOMETRY && !column.declared().equals("bytea")) {
            return "column '" + column.name() + "' is " + column.declared() + " (allowed for a geometry: bytea)";
        }
        return null;
    }

    /** A number of the transaction is taken at once, to tell it from any other that a user's statement may begin. */
    @Override
    public void begin(Statements sql) {
        sql.execute("BEGIN");
        transaction = sql.query("SELECT CAST(pg_current_xact_id() AS text)", row -> row.getString(1))
                .get(0);
    }

    @Override
    public boolean inTransaction(Statements sql) {
        return transaction.equals(sql.query(
                        "SELECT coalesce(CAST(pg_current_xact_id_if_assigned() AS text), '')", row -> row.getString(1))
                .get(0));
    }

    @Override
    public void lock(Statements sql, TargetTable table) {
        sql.execute("LOCK TABLE " + table.sql() + " IN SHARE ROW EXCLUSIVE MODE");
    }

    @Override
    public BatchTable batch(Statements sql, EngineSession engine, LoadColumns columns) {
        return new CopiedBatch(sql, engine, columns);
    }

    @Override
    public @Nullable DirectInsert direct(Statements sql, EngineSession engine, TargetTable table, LoadColumns columns) {
        return DirectCopy.fits(columns) ? new DirectCopy(sql, engine, table, columns) : null;
    }

    @Override
    public TouchedRows touch(Statements sql, TargetTable table, LoadColumns columns) {
        return new WrittenRows(sql, table);
    }

    @Override
    public Relation read(Statements sql, EngineSession engine, TargetTable table, String from) {
        return CopiedTable.read(sql, engine, errors, table, from);
    }

    /** Rows are found again by their key, and no other writer brings a key twice. */
    @Override
    public void afterFirstLoad(Statements sql, TargetTable table, LoadColumns columns, Strategy strategy) {
        if (!columns.keys().isEmpty() && (strategy.needsKeys() || strategy == Strategy.APPEND)) {
            sql.write("CREATE UNIQUE INDEX ON " + table.sql() + " ("
                    + columns.keys().stream().map(Pair::name).collect(Collectors.joining(", ")) + ")");
        }
    }
}
