package io.headworks.connector.relational;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Removal;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import io.headworks.api.target.LoadGuard;
import io.headworks.api.target.LoadTransaction;
import io.headworks.connector.relational.Database.DirectInsert;
import io.headworks.connector.relational.Database.TouchedRows;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A load: one transaction, its data and its ledger row. */
final class RelationalLoad implements LoadTransaction {
    private final Statements sql;
    private final EngineSession engine;
    private final Fence fence;
    private final TableName name;
    private final LoadGuard guard;
    private @Nullable TouchedRows touched;
    private boolean created;
    private boolean worked;
    private boolean recorded;
    private boolean open;

    private RelationalLoad(Statements sql, EngineSession engine, Fence fence, TableName name) {
        this.sql = sql;
        this.engine = engine;
        this.fence = fence;
        this.name = name;
        this.guard = new LoadGuard(name.toString());
    }

    static RelationalLoad begin(Statements sql, EngineSession engine, Fence fence, TableName name) {
        RelationalLoad load = new RelationalLoad(sql, engine, fence, name);
        try {
            load.begin();
        } catch (RuntimeException failed) {
            load.close();
            throw failed;
        }
        FailPoint.K12.pass();
        return load;
    }

    private void begin() {
        sql.database().begin(sql);
        open = true;
        String number = sql.spelling().name("number");
        long held = sql.update(
                "UPDATE " + sql.spelling().own(LedgerTables.FENCE) + " SET " + number + " = " + number
                        + " WHERE dataset = ? AND " + number + " = ? AND run_id = ?",
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
        step(() -> {
            if (sql.database().changesCommit() && !changes.isEmpty()) {
                beforeTransaction(changes);
            } else {
                changes.forEach(change -> sql.database().change(sql, name, change));
            }
            created = changes.stream().anyMatch(SchemaChange.CreateTable.class::isInstance);
        });
    }

    /** The fence was held a moment ago; the transaction that follows checks it again, before it writes. */
    private void beforeTransaction(List<SchemaChange> changes) {
        if (worked) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot change " + name + ": the load's transaction has begun its work");
        }
        sql.execute("ROLLBACK");
        open = false;
        changes.forEach(change -> sql.database().change(sql, name, change));
        begin();
    }

    @Override
    public void execute(String statement) {
        step(() -> {
            worked = true;
            sql.execute(statement);
            if (!sql.database().inTransaction(sql)) {
                open = false;
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot load into " + name + ": load.before ended the load's transaction",
                        "Take BEGIN, COMMIT and ROLLBACK out of that SQL; the load has a transaction already.");
            }
        });
    }

    private TargetTable found() {
        return sql.database()
                .find(sql, name)
                .orElseThrow(() ->
                        new HeadworksException(FailureKind.PROJECT, "Cannot load into " + name + ": no such table"));
    }

    @Override
    public long remove(Removal removal) {
        return guard.run(() -> {
            worked = true;
            TargetTable table = found();
            TargetColumn column = table.column(removal.column())
                    .orElseThrow(() -> new HeadworksException(
                            FailureKind.INTERNAL,
                            "Cannot delete rows of " + name + " by " + removal.column() + ": no such column"));
            String values = removal.values().stream()
                    .map(value -> sql.spelling().bound(value, column))
                    .collect(Collectors.joining(", "));
            return sql.update(sql.spelling().delete(table.sql(), "t." + column.sql() + " IN (" + values + ")"));
        });
    }

    @Override
    public LoadCounts apply(LoadRequest request) {
        return guard.run(() -> {
            worked = true;
            TargetTable table = found();
            LoadColumns columns = new LoadColumns(sql.database(), request, table);
            DirectInsert direct = isPlain(request) ? sql.database().direct(sql, engine, table, columns) : null;
            if (direct == null || request.load().strategy() != Strategy.APPEND) {
                sql.database().lock(sql, table);
            }
            if (direct == null) {
                sql.database().batch(sql, engine, columns).fill(request.batch());
            }
            long rowsBefore = request.load().breaker().equals(Breaker.NONE)
                    ? 0
                    : sql.number("SELECT count(*) FROM " + table.sql());
            TouchedRows written = sql.database().touch(sql, table, columns);
            touched = written;
            LoadWork work = new LoadWork(sql, table, columns, request, written, rowsBefore);
            Written done = direct == null ? strategy(work) : new RowLoads(work).stream(direct);
            written.end();
            LoadCounts counts = counts(done, written, direct == null ? written.hash(columns.hashed()) : direct.hash());
            sql.database().dropBatch(sql);
            if (created) {
                sql.database()
                        .afterFirstLoad(sql, table, columns, request.load().strategy());
            }
            return counts;
        });
    }

    /** Nothing is compared with what is there, and nothing is deleted by the batch. */
    private static boolean isPlain(LoadRequest request) {
        Load load = request.load();
        return (load.strategy() == Strategy.APPEND || load.strategy() == Strategy.TRUNCATE_RELOAD)
                && load.mergeKeys().isEmpty()
                && load.breaker().equals(Breaker.NONE)
                && request.slice() == null
                && !request.batch().carries(HiddenColumns.OP);
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

    private LoadCounts counts(Written done, TouchedRows written, String hash) {
        LoadCounts counts = new LoadCounts(
                done.staged(),
                done.inserted(),
                done.updated(),
                done.unchanged(),
                done.stale(),
                done.deleted(),
                written.hashAlgorithm(),
                hash);
        if (written.count() >= 0 && written.count() != done.rows() || !counts.lawHolds()) {
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
            return written == null
                    ? engine.empty(table.schema())
                    : sql.database().read(sql, engine, table, written.from());
        });
    }

    @Override
    public Relation table() {
        return guard.run(() -> {
            TargetTable table = found();
            return sql.database().read(sql, engine, table, table.sql() + " AS t");
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
