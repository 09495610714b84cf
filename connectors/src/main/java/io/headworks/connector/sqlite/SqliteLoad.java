package io.headworks.connector.sqlite;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
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
import io.headworks.api.run.FailPoint;
import io.headworks.api.target.LoadGuard;
import io.headworks.api.target.LoadTransaction;
import io.headworks.connector.sqlite.TargetTable.TargetColumn;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A load into a SQLite file: one transaction, its data and its ledger row. */
final class SqliteLoad implements LoadTransaction {
    private final LoadStatements sql;
    private final EngineSession engine;
    private final TableName name;
    private final LoadGuard guard;
    private @Nullable TouchedRows touched;
    private boolean recorded;
    private boolean open;

    private SqliteLoad(LoadStatements sql, EngineSession engine, TableName name) {
        this.sql = sql;
        this.engine = engine;
        this.name = name;
        this.guard = new LoadGuard(name.toString());
    }

    static SqliteLoad begin(LoadStatements sql, EngineSession engine, Fence fence, TableName name) {
        SqliteLoad load = new SqliteLoad(sql, engine, name);
        sql.execute("BEGIN IMMEDIATE");
        load.open = true;
        try {
            load.lock(fence);
        } catch (RuntimeException failed) {
            load.close();
            throw failed;
        }
        FailPoint.K12.pass();
        return load;
    }

    private void lock(Fence fence) {
        long held = sql.update(
                "UPDATE " + OwnTables.FENCE + " SET number = number WHERE dataset = ? AND number = ? AND run_id = ?",
                fence.dataset(),
                fence.number(),
                fence.runId());
        if (held != 1) {
            throw new HeadworksException(
                    FailureKind.HELD,
                    "Cannot load into " + name + ": fence " + fence.number()
                            + " is no longer held, another run took it");
        }
    }

    private void step(Runnable step) {
        guard.run(() -> {
            step.run();
            return true;
        });
    }

    @Override
    public void change(List<SchemaChange> changes) {
        step(() -> changes.forEach(new SchemaEdits(sql, name)::apply));
    }

    @Override
    public void execute(String statement) {
        step(() -> {
            sql.execute(statement);
            if (!sql.inTransaction()) {
                open = false;
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot load into " + name + ": load.before ended the load's transaction",
                        "Take BEGIN, COMMIT and ROLLBACK out of that SQL; the load has a transaction already.");
            }
        });
    }

    private TargetTable found() {
        return TargetTable.find(sql, name)
                .orElseThrow(() ->
                        new HeadworksException(FailureKind.PROJECT, "Cannot load into " + name + ": no such table"));
    }

    @Override
    public long remove(Removal removal) {
        return guard.run(() -> {
            TargetTable table = found();
            TargetColumn column = table.column(removal.column())
                    .orElseThrow(() -> new HeadworksException(
                            FailureKind.INTERNAL,
                            "Cannot delete rows of " + name + " by " + removal.column() + ": no such column"));
            String values = removal.values().stream()
                    .map(value -> SliceCondition.value(value, column))
                    .collect(Collectors.joining(", "));
            return sql.update("DELETE FROM " + table.sql() + " WHERE " + SqliteSql.name(column.name()) + " IN (" + values
                    + ")");
        });
    }

    @Override
    public LoadCounts apply(LoadRequest request) {
        return guard.run(() -> {
            TargetTable table = found();
            LoadColumns columns = new LoadColumns(request, table);
            TempBatch batch = new TempBatch(sql, engine, columns);
            batch.fill(request.batch());
            long rowsBefore = sql.number("SELECT count(*) FROM " + table.sql());
            TouchedRows written = TouchedRows.begin(sql, table);
            touched = written;
            Written done = strategy(new LoadWork(sql, table, columns, request, rowsBefore));
            written.end();
            batch.drop();
            return counts(done, written, columns);
        });
    }

    private static Written strategy(LoadWork work) {
        return switch (work.load().strategy()) {
            case APPEND -> new RowLoads(work).append();
            case TRUNCATE_RELOAD -> new RowLoads(work).truncateReload();
            case PARTITION_SWAP -> new RowLoads(work).partitionSwap();
            case UPSERT, MERGE, SOFT_DELETE -> new KeyedLoad(work).apply();
            case VIEW -> throw work.notAllowed("a view stores nothing");
        };
    }

    private LoadCounts counts(Written done, TouchedRows written, LoadColumns columns) {
        LoadCounts counts = new LoadCounts(
                done.staged(),
                done.inserted(),
                done.updated(),
                done.unchanged(),
                done.stale(),
                done.deleted(),
                TouchedRows.HASH_ALGORITHM,
                written.hash(columns.hashed()));
        if (written.count() != done.rows() || !counts.lawHolds()) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot account for the rows of " + name + ": " + written.count() + " rows were written, but "
                            + counts);
        }
        return counts;
    }

    @Override
    public Relation touched() {
        return guard.run(() -> {
            TargetTable table = found();
            TouchedRows written = touched;
            return written == null ? engine.empty(table.schema()) : TableRows.load(sql, engine, table, written.from());
        });
    }

    @Override
    public Relation table() {
        return guard.run(() -> {
            TargetTable table = found();
            return TableRows.load(sql, engine, table, table.sql() + " AS t");
        });
    }

    @Override
    public long deadLetters(LedgerKey key, String runId, Instant rejectedAt, List<Relation> rejects) {
        return guard.run(() -> {
            long letters = 0;
            for (Relation relation : rejects) {
                try (BatchReader rows = engine.read(relation)) {
                    letters += new DeadLetters(sql).add(key, runId, rejectedAt, rows);
                } catch (IOException failed) {
                    throw new HeadworksException(
                            FailureKind.INTERNAL, "Cannot read rejected rows: " + failed.getMessage(), null, failed);
                }
            }
            return letters;
        });
    }

    @Override
    public void resolve(List<String> deadLetterIds, String runId, Instant resolvedAt) {
        step(() -> new DeadLetters(sql).resolve(deadLetterIds, runId, resolvedAt));
    }

    @Override
    public void record(LedgerRow row) {
        step(() -> {
            FailPoint.K15.pass();
            new Ledger(sql).add(row);
            recorded = true;
        });
    }

    @Override
    public void commit() {
        step(() -> {
            if (!recorded) {
                throw new HeadworksException(
                        FailureKind.INTERNAL, "Cannot commit the load into " + name + ": it has no ledger row");
            }
            FailPoint.K16.pass();
            sql.execute("COMMIT");
            open = false;
            FailPoint.K17.pass();
        });
        guard.end();
    }

    @Override
    public void close() {
        guard.end();
        if (open) {
            open = false;
            sql.execute("ROLLBACK");
        }
    }
}
