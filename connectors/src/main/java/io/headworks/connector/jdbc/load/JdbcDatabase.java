package io.headworks.connector.jdbc.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.connector.jdbc.catalog.Catalog;
import io.headworks.connector.jdbc.session.JdbcErrors;
import io.headworks.connector.relational.Database;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.RowKey;
import io.headworks.connector.relational.Spelling;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import io.headworks.connector.relational.WrittenRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A database to load into by JDBC, on one session. */
final class JdbcDatabase implements Database {
    private final JdbcSpelling spelling;
    private final JdbcErrors errors;
    /** Ends with the transaction, whichever statement ends it. */
    private @Nullable Savepoint mark;

    JdbcDatabase(JdbcSpelling spelling, JdbcErrors errors) {
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
                ? JdbcSpelling.instantText(instant)
                        + (spelling.dialect().forms().inUtc() ? "+0:00" : "")
                : value;
    }

    /** Times of our own tables are read without their calendar: the text's digits are those that were written. */
    @Override
    public @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        return OwnTime.read(row, column);
    }

    @Override
    public boolean ownTableExists(Statements sql, String table) {
        return exists(sql, LedgerTables.PREFIX + table);
    }

    private static boolean exists(Statements sql, String table) {
        return sql.run(() -> {
            String schema = sql.connection().getSchema();
            String name = JdbcSpelling.upper(table);
            // the name is a pattern there
            try (ResultSet row = sql.connection().getMetaData().getTables(null, schema, name, null)) {
                while (row.next()) {
                    if (row.getString("TABLE_NAME").equals(name)) {
                        return true;
                    }
                }
                return false;
            }
        });
    }

    @Override
    public Optional<TargetTable> look(Statements sql, TableName name) {
        return FoundTable.find(sql, spelling, name);
    }

    @Override
    public List<TableName> tables(Statements sql) {
        return sql.run(() -> new Catalog(sql.connection(), spelling.dialect())
                .tables().stream()
                        .filter(table -> table.schema() == null
                                && !table.table().startsWith(JdbcSpelling.upper(LedgerTables.PREFIX)))
                        .toList());
    }

    @Override
    public void change(Statements sql, TableName name, SchemaChange change) {
        new TableChanges(sql, spelling, name).apply(change);
    }

    @Override
    public boolean changesCommit() {
        return spelling.dialect().forms().changesCommit();
    }

    /** Rows have no number here: a row is its primary key, or without one its merge keys. */
    @Override
    public RowKey rowKey(TargetTable table, LoadColumns columns) {
        List<TargetColumn> key = table.primaryKey().isEmpty()
                ? columns.keys().stream().map(Pair::column).toList()
                : table.primaryKey().stream()
                        .map(name -> table.column(name).orElseThrow())
                        .toList();
        return new RowKey(key.stream()
                .map(column -> new RowKey.Part("t." + column.sql(), column.declared(), !column.notNull()))
                .toList());
    }

    @Override
    public @Nullable String unfit(TargetColumn column, Field delivered) {
        boolean large = column.declared().endsWith("LOB") || column.declared().startsWith("LONG ");
        if (column.type() == null || large) {
            return "column '" + column.name() + "' is " + column.declared() + ", which "
                    + (large ? "it cannot compare" : "has no counterpart here");
        }
        DataType text = column.type();
        return text instanceof DataType.Bounded
                        && column.declared().startsWith("CHAR")
                        && delivered.type() != DataType.Simple.UUID
                ? "column '" + column.name() + "' is " + column.declared()
                        + ", which adds blanks to every shorter text (declare it VARCHAR)"
                : null;
    }

    @Override
    public void begin(Statements sql) {
        sql.run(() -> {
            sql.connection().setTransactionIsolation(java.sql.Connection.TRANSACTION_SERIALIZABLE);
            sql.connection().setAutoCommit(false);
            mark = sql.connection().setSavepoint("HW_LOAD");
            return true;
        });
    }

    @Override
    public void lock(Statements sql, TargetTable table) {
        String lock = spelling.dialect().forms().lock(table.sql());
        if (lock != null) {
            sql.execute(lock);
        }
    }

    @Override
    public boolean inTransaction(Statements sql) {
        return sql.run(() -> {
            Savepoint known = mark;
            try {
                sql.connection().releaseSavepoint(known);
                mark = sql.connection().setSavepoint("HW_LOAD");
                return true;
            } catch (SQLException ended) {
                return false;
            }
        });
    }

    /** Tells which rows were written, until the transaction ends. */
    @Override
    public void dropBatch(Statements sql) {}

    @Override
    public void commit(Statements sql) {
        WrittenRows.WORK_TABLES.forEach(table -> dropTemporary(sql, table));
        sql.run(() -> {
            sql.connection().commit();
            atRest(sql);
            return true;
        });
    }

    @Override
    public void rollBack(Statements sql) {
        sql.run(() -> {
            sql.connection().rollback();
            atRest(sql);
            return true;
        });
    }

    private void atRest(Statements sql) throws SQLException {
        mark = null;
        sql.connection().setAutoCommit(true);
        sql.connection().setTransactionIsolation(java.sql.Connection.TRANSACTION_READ_COMMITTED);
    }

    @Override
    public BatchTable batch(Statements sql, EngineSession engine, LoadColumns columns) {
        return new WorkBatch(sql, spelling, engine, columns);
    }

    @Override
    public void dropTemporary(Statements sql, String table) {
        if (!spelling.dialect().forms().dropsOnlyWhatIsThere() || exists(sql, table)) {
            sql.execute(spelling.dropTemporary(table));
        }
    }

    @Override
    public TouchedRows touch(Statements sql, TargetTable table, LoadColumns columns) {
        return new WrittenRows(sql, table, columns, new ClientHash(spelling));
    }

    @Override
    public Relation read(Statements sql, EngineSession engine, TargetTable table, String from) {
        return new TableRows(sql, spelling, table).load(engine, from);
    }
}
