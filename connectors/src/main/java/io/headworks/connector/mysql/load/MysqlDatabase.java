package io.headworks.connector.mysql.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.connector.mysql.catalog.Catalog;
import io.headworks.connector.mysql.session.MysqlErrors;
import io.headworks.connector.mysql.session.MysqlSessions;
import io.headworks.connector.relational.Database;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.RowKey;
import io.headworks.connector.relational.Spelling;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import io.headworks.connector.relational.WrittenRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** MySQL as a database to load into, on one session. */
final class MysqlDatabase implements Database {
    /** Ends with the transaction, whichever statement ends it. */
    private static final String MARK = "hw_load";

    private static final int NO_SUCH_SAVEPOINT = 1305;

    private final MysqlSpelling spelling;
    private final MysqlErrors errors;
    private @Nullable DirectRows direct;

    MysqlDatabase(MysqlSpelling spelling, MysqlErrors errors) {
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
        return value instanceof Instant instant ? MysqlSpelling.instantText(instant) : value;
    }

    @Override
    public @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    }

    @Override
    public boolean ownTableExists(Statements sql, String table) {
        return sql.number(
                        "SELECT count(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?",
                        LedgerTables.PREFIX + table)
                > 0;
    }

    @Override
    public Optional<TargetTable> look(Statements sql, TableName name) {
        return FoundTable.find(sql, spelling, name);
    }

    @Override
    public List<TableName> tables(Statements sql) {
        return sql.run(() -> new Catalog(sql.connection())
                .tables().stream()
                        .filter(table ->
                                table.schema() == null && !table.table().startsWith(LedgerTables.PREFIX))
                        .toList());
    }

    @Override
    public void change(Statements sql, TableName name, SchemaChange change) {
        new TableChanges(sql, spelling, name).apply(change);
    }

    @Override
    public boolean changesCommit() {
        return true;
    }

    @Override
    public RowKey rowKey(TargetTable table, LoadColumns columns) {
        return RowIdentity.of(table, columns);
    }

    @Override
    public @Nullable String unfit(TargetColumn column, Field delivered) {
        if (column.type() == Simple.GEOMETRY) {
            return "column '" + column.name() + "' is " + column.declared() + ", which is not written yet";
        } else if (column.type() == null) {
            return "column '" + column.name() + "' is " + column.declared() + ", which has no counterpart here";
        }
        return null;
    }

    @Override
    public void interrupt(Connection connection) throws SQLException {
        MysqlSessions.cancelQuery(connection);
    }

    @Override
    public void begin(Statements sql) {
        sql.execute("START TRANSACTION");
        sql.execute("SAVEPOINT " + MARK);
    }

    /** A statement that committed took the mark along, also where it began another transaction. */
    @Override
    public boolean inTransaction(Statements sql) {
        return sql.run(() -> {
            if (!MysqlSessions.inTransaction(sql.connection())) {
                return false;
            }
            try (Statement statement = sql.connection().createStatement()) {
                statement.execute("RELEASE SAVEPOINT " + MARK);
                statement.execute("SAVEPOINT " + MARK);
                return true;
            } catch (SQLException failed) {
                if (failed.getErrorCode() == NO_SUCH_SAVEPOINT) {
                    return false;
                }
                throw failed;
            }
        });
    }

    @Override
    public BatchTable batch(Statements sql, EngineSession engine, LoadColumns columns) {
        return new InsertedBatch(sql, engine, columns);
    }

    @Override
    public @Nullable DirectInsert direct(Statements sql, EngineSession engine, TargetTable table, LoadColumns columns) {
        direct = DirectRows.of(sql, engine, table, columns);
        return direct;
    }

    /** It tells which rows were written. */
    @Override
    public void dropBatch(Statements sql) {}

    @Override
    public TouchedRows touch(Statements sql, TargetTable table, LoadColumns columns) {
        WrittenRows written = new WrittenRows(sql, table, columns, new ServerHash());
        DirectRows filling = direct;
        return filling == null ? written : new KnownRows(sql, filling, written);
    }

    @Override
    public Relation read(Statements sql, EngineSession engine, TargetTable table, String from) {
        return TableRows.load(sql, errors, engine, table, from);
    }
}
