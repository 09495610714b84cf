package io.headworks.connector.postgres.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.load.Load;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.Frames;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.postgres.session.PostgresErrors;
import io.headworks.connector.postgres.swap.PartitionBeside;
import io.headworks.connector.postgres.swap.TableBeside;
import io.headworks.connector.postgres.swap.TableLook;
import io.headworks.connector.relational.Database;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.Spelling;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.sql.Connection;
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
import org.postgresql.PGConnection;

/** PostgreSQL as a database to load into, on one session. */
final class PostgresDatabase implements Database {
    private static final long COUNTED_BYTES = 64L << 20;

    private final PostgresSpelling spelling;
    private final PostgresErrors errors;
    private final KeyStreams keys;
    private @Nullable LoadedTransaction transaction;

    PostgresDatabase(PostgresSpelling spelling, PostgresErrors errors, KeyStreams keys) {
        this.spelling = spelling;
        this.errors = errors;
        this.keys = keys;
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
    public Optional<TargetTable> look(Statements sql, TableName name) {
        return new TableCatalog(sql, spelling).find(name);
    }

    @Override
    public List<TableName> tables(Statements sql) {
        return new TableCatalog(sql, spelling).tables();
    }

    /** Counted where that takes no time; else what the last VACUUM or ANALYZE found. */
    @Override
    public long rows(Statements sql, TargetTable table) {
        long estimate = sql.number(
                "SELECT CASE WHEN relkind = 'r' AND pg_relation_size(oid) > ? THEN CAST(reltuples AS bigint) ELSE -1 END"
                        + " FROM pg_catalog.pg_class WHERE oid = CAST(? AS regclass)",
                COUNTED_BYTES,
                table.sql());
        return estimate > 0 ? estimate : Database.super.rows(sql, table);
    }

    @Override
    public void change(Statements sql, TableName name, SchemaChange change) {
        new TableChanges(sql, name, spelling.schema(name)).apply(change);
        if (transaction != null && change instanceof SchemaChange.CreateTable) {
            transaction.makes(name, TableLook.of(sql, spelling.table(name)));
        }
    }

    @Override
    public @Nullable String refusal(Statements sql, Frames frames, Schema columns, Load load) {
        return UndecodedFit.refusal(frames, columns, find(sql, load.table()).orElse(null), spelling);
    }

    @Override
    public String replacing(Statements sql, TargetTable table) {
        return TableBeside.way(sql, table.sql()).sentence();
    }

    @Override
    public String replacingPart(Statements sql, TargetTable table) {
        return PartitionBeside.sentence(sql, table.sql());
    }

    @Override
    public boolean mayReplaceParts(Statements sql, TargetTable table) {
        return PartitionBeside.mayBegin(sql, table.sql());
    }

    @Override
    public @Nullable DirectInsert part(
            Statements sql, EngineSession engine, TargetTable table, LoadColumns columns, String replaced) {
        return transaction == null || !DirectCopy.fits(columns)
                ? null
                : PartitionCopy.of(sql, engine, table, columns, replaced, transaction)
                        .orElse(null);
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

    @Override
    public void interrupt(Connection connection) throws SQLException {
        connection.unwrap(PGConnection.class).cancelQuery();
    }

    @Override
    public void begin(Statements sql) {
        transaction = LoadedTransaction.begin(sql);
    }

    @Override
    public boolean inTransaction(Statements sql) {
        return transaction != null && transaction.isOpen(sql);
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
        return transaction != null && DirectCopy.fits(columns)
                ? new DirectCopy(sql, engine, table, columns, transaction)
                : null;
    }

    @Override
    public TouchedRows touch(Statements sql, TargetTable table, LoadColumns columns) {
        return new WrittenRows(sql, table);
    }

    @Override
    public Relation read(Statements sql, EngineSession engine, TargetTable table, String from) {
        return CopiedTable.read(sql, engine, errors, table, from);
    }

    @Override
    public Relation keys(Statements sql, EngineSession engine, TargetTable table, @Nullable TargetColumn mark) {
        TableName name =
                new TableName(spelling.schema(table.name()), table.name().table());
        return KeyStreams.fits(table)
                ? keys.read(engine, table, name, mark)
                : Database.super.keys(sql, engine, table, mark);
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
