package io.headworks.duckdb.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Removal;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import io.headworks.api.target.LoadTransaction;
import io.headworks.duckdb.load.LoadSql;
import io.headworks.duckdb.load.LoadedTable;
import io.headworks.duckdb.load.TableColumn;
import io.headworks.duckdb.load.TableShape;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The transaction of a load into one DuckDB file, on the session's connection. */
final class DuckDbTransaction implements LoadTransaction {
    private final SqlRunner session;
    private final GuardedSql sql;
    private final String catalog;
    private final Fence fence;
    private final TableName table;
    private final LoadSql loadSql;
    private final UserStatement userStatement;
    private final long transaction;
    private @Nullable LoadedTable loaded;
    private @Nullable ViewDefinition view;
    private @Nullable LedgerRow recorded;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        COMMITTING,
        ENDED
    }

    private DuckDbTransaction(
            SqlRunner session, GuardedSql sql, String catalog, Fence fence, TableName table, long transaction) {
        this.session = session;
        this.sql = sql;
        this.catalog = catalog;
        this.fence = fence;
        this.table = table;
        this.transaction = transaction;
        this.loadSql = new LoadSql(sql, fence.runId());
        this.userStatement = new UserStatement(catalog);
    }

    static DuckDbTransaction begin(SqlRunner session, String catalog, Fence fence, TableName table) {
        GuardedSql sql = new GuardedSql(session, table.toString());
        sql.execute("BEGIN TRANSACTION");
        try {
            new Fences(sql, catalog).lock(fence);
            FailPoint.K12.pass();
            return new DuckDbTransaction(session, sql, catalog, fence, table, sql.number("SELECT txid_current()"));
        } catch (RuntimeException failed) {
            rollBack(session, failed);
            throw failed;
        }
    }

    @Override
    public void change(List<SchemaChange> changes) {
        guarded(() -> {
            SchemaEdits edits = new SchemaEdits(sql, catalog, table, fence.runId());
            changes.forEach(edits::make);
            return 0;
        });
    }

    @Override
    public void execute(String statement) {
        guarded(() -> {
            userStatement.run(sql, statement);
            requireSameTransaction("load.before");
            return 0;
        });
    }

    @Override
    public long remove(Removal removal) {
        return guarded(() -> {
            TableShape shape = shape();
            TableColumn column = shape.column(removal.column())
                    .orElseThrow(
                            () -> misuse("delete rows by " + removal.column() + ", which the table does not have"));
            String values = removal.values().stream()
                    .map(value -> DuckSql.literal(value, column.type()))
                    .collect(Collectors.joining(", "));
            return sql.update(
                    "DELETE FROM " + shape.sql() + " WHERE " + DuckSql.name(column.name()) + " IN (" + values + ")");
        });
    }

    @Override
    public LoadCounts apply(LoadRequest request) {
        return guarded(() -> {
            if (loaded != null) {
                throw misuse("apply a second batch in one transaction");
            }
            if (request.load().strategy() == Strategy.VIEW) {
                ViewDefinition defined = new ViewDefinition(sql, catalog, table);
                view = defined;
                return defined.make(request.batch());
            }
            LoadedTable done = LoadedTable.apply(loadSql, shape(), request);
            loaded = done;
            return done.counts();
        });
    }

    @Override
    public Relation touched() {
        return guarded(() -> {
            if (view != null) {
                return view.rows();
            }
            if (loaded == null) {
                throw misuse("look at the rows written before a batch was applied");
            }
            return loaded.touched();
        });
    }

    @Override
    public Relation table() {
        return guarded(() -> view == null ? LoadedTable.rows(shape()) : view.rows());
    }

    @Override
    public LoadTransaction beside(TableName other) {
        return guarded(() -> new DuckDbTransaction(session, sql, catalog, fence, other, transaction));
    }

    @Override
    public void hold(String dataset) {
        guarded(() -> {
            new Fences(sql, catalog).hold(dataset);
            return 0;
        });
    }

    @Override
    public void supersede(String dataset) {
        guarded(() -> {
            new Fences(sql, catalog).supersede(dataset);
            return 0;
        });
    }

    @Override
    public Relation rows(Relation values, @Nullable String live) {
        return guarded(() -> {
            TableShape shape = shape();
            if (shape.collated()) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot compare keys with those of " + table
                                + ": a column of it compares text by a COLLATE rule"
                                + " (allowed: tables that compare text as it is)");
            }
            return LoadedTable.rows(shape);
        });
    }

    private TableShape shape() {
        return new TableCatalog(sql, catalog)
                .shape(table)
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.SCHEMA_CHANGE, "Cannot load into " + table + ": the table does not exist"));
    }

    @Override
    public long deadLetters(LedgerKey key, String runId, Instant rejectedAt, List<Relation> rejects) {
        return guarded(() -> {
            DeadLetters letters = new DeadLetters(sql, catalog);
            return rejects.stream()
                    .mapToLong(each -> letters.add(key, runId, rejectedAt, each))
                    .sum();
        });
    }

    @Override
    public void resolve(List<String> deadLetterIds, String runId, Instant resolvedAt) {
        guarded(() -> {
            new DeadLetters(sql, catalog).resolve(deadLetterIds, runId, resolvedAt);
            return 0;
        });
    }

    @Override
    public void record(LedgerRow row) {
        guarded(() -> {
            if (row.fence() != fence.number()
                    || !row.runId().equals(fence.runId())
                    || !row.key().dataset().equals(fence.dataset())) {
                throw misuse("record run " + row.runId() + " of " + row.key().dataset() + " under fence " + fence);
            }
            FailPoint.K15.pass();
            new Ledger(sql, catalog).add(row);
            recorded = row;
            return 0;
        });
    }

    @Override
    public void commit() {
        guarded(() -> {
            if (recorded == null) {
                throw misuse("commit without a ledger row");
            }
            requireSameTransaction("a step");
            FailPoint.K16.pass();
            state = State.COMMITTING;
            sql.execute("COMMIT");
            FailPoint.K17.pass();
            state = State.ENDED;
            return 0;
        });
    }

    /** A COMMIT or ROLLBACK inside a user's SQL would leave the rest of the load without fence and without undo. */
    private void requireSameTransaction(String who) {
        if (sql.number("SELECT txid_current()") != transaction) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot go on loading " + table + ": " + who + " ended the transaction of the load",
                    "Take BEGIN, COMMIT and ROLLBACK out of that SQL; the load has a transaction already.");
        }
    }

    private HeadworksException misuse(String what) {
        return new HeadworksException(FailureKind.INTERNAL, "Cannot " + what + " (loading " + table + ")");
    }

    private <T> T guarded(Supplier<T> work) {
        if (state == State.ENDED) {
            throw misuse("use a transaction that has ended");
        }
        return sql.guard(work);
    }

    @Override
    public void close() {
        if (state == State.ENDED) {
            return;
        }
        boolean commitFailed = state == State.COMMITTING;
        state = State.ENDED;
        try {
            session.execute("ROLLBACK");
        } catch (HeadworksException noTransaction) {
            // a COMMIT that failed, or a user's own, has ended it; and whatever failed was thrown to the caller
            if (!commitFailed && !sql.isPoisoned()) {
                throw noTransaction;
            }
        }
        userStatement.restore(session);
    }

    private static void rollBack(SqlRunner session, RuntimeException cause) {
        try {
            session.execute("ROLLBACK");
        } catch (RuntimeException failed) {
            cause.addSuppressed(failed);
        }
    }
}
