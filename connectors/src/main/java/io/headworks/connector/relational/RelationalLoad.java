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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A load: one transaction, its data and its ledger row. */
final class RelationalLoad implements LoadTransaction {
    private final Statements sql;
    private final EngineSession engine;
    private final Fence fence;
    private final TableName name;
    private final LoadGuard guard;
    private final StoppedLoad stopped;
    private @Nullable TouchedRows touched;
    private @Nullable Relation touchedRows;
    private @Nullable DirectInsert inserted;
    /** Where the rows are until the commit. */
    private @Nullable TargetTable loaded;

    private boolean created;
    private boolean worked;
    private boolean recorded;
    private boolean open;

    /** Whose transaction it is, where this is a table beside another; null for the load itself. */
    private final @Nullable RelationalLoad main;

    private RelationalLoad(Statements sql, EngineSession engine, Fence fence, TableName name) {
        this.sql = sql;
        this.engine = engine;
        this.fence = fence;
        this.name = name;
        this.guard = new LoadGuard(name.toString());
        this.stopped = new StoppedLoad(sql, engine.cancellation());
        this.main = null;
    }

    private RelationalLoad(RelationalLoad main, TableName name) {
        this.sql = main.sql;
        this.engine = main.engine;
        this.fence = main.fence;
        this.name = name;
        this.guard = main.guard;
        this.stopped = main.stopped;
        this.main = main;
    }

    @Override
    public LoadTransaction beside(TableName table) {
        return step(() -> new RelationalLoad(this, table));
    }

    @Override
    public void hold(String dataset) {
        raise(dataset, 0);
    }

    @Override
    public void supersede(String dataset) {
        raise(dataset, 1);
    }

    private void raise(String dataset, int by) {
        step(() -> {
            worked = true;
            String number = sql.spelling().ownColumn("number");
            sql.update(
                    "UPDATE " + sql.spelling().own(LedgerTables.FENCE) + " SET " + number + " = " + number + " + " + by
                            + " WHERE dataset = ?",
                    dataset);
        });
    }

    static RelationalLoad begin(Statements sql, EngineSession engine, Fence fence, TableName name) {
        RelationalLoad load = new RelationalLoad(sql, engine, fence, name);
        try {
            load.step(() -> load.begin());
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
        String number = sql.spelling().ownColumn("number");
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
        step(() -> {
            step.run();
            return true;
        });
    }

    private <T> T step(Supplier<T> step) {
        return guard.run(() -> stopped.run(step));
    }

    @Override
    public void change(List<SchemaChange> changes) {
        step(() -> {
            if (sql.database().changesCommit() && !changes.isEmpty()) {
                (main == null ? this : main).beforeTransaction(name, changes);
            } else {
                ColumnNames.of(sql, name).make(changes, fence.runId());
            }
            created = changes.stream().anyMatch(SchemaChange.CreateTable.class::isInstance);
        });
    }

    /** The fence was held a moment ago; the transaction that follows checks it again, before it writes. */
    private void beforeTransaction(TableName table, List<SchemaChange> changes) {
        if (worked) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot change " + table + ": the load's transaction has begun its work");
        }
        sql.database().rollBack(sql);
        open = false;
        ColumnNames.of(sql, table).make(changes, fence.runId());
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

    private TargetTable seen() {
        TargetTable table = loaded;
        return table == null ? found() : table;
    }

    @Override
    public long remove(Removal removal) {
        return step(() -> {
            worked = true;
            TargetTable table = found();
            TargetColumn column = table.column(removal.column())
                    .orElseThrow(() -> new HeadworksException(
                            FailureKind.INTERNAL,
                            "Cannot delete rows of " + name + " by " + removal.column() + ": no such column"));
            String values = removal.values().stream()
                    .map(value -> sql.spelling().bound(value, column))
                    .collect(Collectors.joining(", "));
            return sql.update(sql.spelling().delete(table.sql(), "t", "t." + column.sql() + " IN (" + values + ")"));
        });
    }

    /** They may be known by the temporary table of the batch, which others now need. */
    private void readTouched() {
        if (touched != null && touchedRows == null) {
            touchedRows = touched();
        }
    }

    @Override
    public Relation rows(Relation values, @Nullable String live) {
        return step(() -> {
            worked = true;
            (main == null ? this : main).readTouched();
            return new ChosenRows(sql, engine, seen()).of(values, live);
        });
    }

    @Override
    public LoadCounts apply(LoadRequest asked) {
        return step(() -> {
            worked = true;
            if (main != null) {
                main.readTouched();
            }
            TargetTable table = found();
            LoadRequest request = readTwice(asked, table);
            LoadColumns columns = new LoadColumns(sql.database(), request, table);
            DirectInsert direct = direct(request, table, columns);
            if (direct == null) {
                sql.database().batch(sql, engine, columns).fill(request.batch());
            }
            boolean reload = request.load().strategy() == Strategy.TRUNCATE_RELOAD;
            TargetTable into = direct != null && reload ? direct.replace() : table;
            TouchedRows written = sql.database().touch(sql, into, columns);
            touched = written;
            inserted = direct;
            loaded = into;
            LoadWork work = new LoadWork(sql, table, columns, request, written);
            RowLoads rows = new RowLoads(work, engine);
            Written done = direct == null ? strategy(work, rows) : rows.stream(direct);
            written.end();
            LoadCounts counts = counts(done, written, direct == null ? written.hash(columns.hashed()) : direct.hash());
            DirectInsert part = rows.part();
            if (part != null) {
                publishesPart(part, columns, counts);
            }
            sql.database().dropBatch(sql);
            if (created) {
                sql.database()
                        .afterFirstLoad(sql, table, columns, request.load().strategy());
            }
            return counts;
        });
    }

    /** Locks the table where other writers could change what the load looks at; null where rows are compared first. */
    private @Nullable DirectInsert direct(LoadRequest request, TargetTable table, LoadColumns columns) {
        boolean plain = isPlain(request);
        DirectInsert direct = sql.database().direct(sql, engine, table, columns);
        if (direct == null || !plain || request.load().strategy() != Strategy.APPEND) {
            sql.database().lock(sql, table);
        }
        boolean first = !plain && direct != null && new FirstLoad(sql, engine, table, columns).isPlain(request);
        if (request.frames() != null && (direct == null || !plain && !first)) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot load into " + name + ": its rows come undecoded, and are compared");
        }
        return plain || first ? direct : null;
    }

    /** Nothing is compared with what is there, and nothing is deleted by the batch. */
    private static boolean isPlain(LoadRequest request) {
        Load load = request.load();
        return (load.strategy() == Strategy.APPEND || load.strategy() == Strategy.TRUNCATE_RELOAD)
                && load.mergeKeys().isEmpty()
                && request.slice() == null
                && !request.batch().carries(HiddenColumns.OP);
    }

    /** Where a part of the table may be exchanged, rows are looked at in the database first and then copied again. */
    private LoadRequest readTwice(LoadRequest request, TargetTable table) {
        boolean kept = request.materialised()
                || request.load().strategy() != Strategy.PARTITION_SWAP
                || !sql.database().mayReplaceParts(sql, table);
        return kept ? request : request.kept(engine.materialise("to_load", request.batch()));
    }

    private void publishesPart(DirectInsert part, LoadColumns columns, LoadCounts counts) {
        if (!part.hash().equals(counts.contentHash())) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot load into " + name + ": the rows of its partition are not those of the batch");
        }
        TargetTable into = part.replace();
        inserted = part;
        loaded = into;
        touched = sql.database().touch(sql, into, columns);
    }

    private static Written strategy(LoadWork work, RowLoads rows) {
        return switch (work.load().strategy()) {
            case APPEND -> rows.append();
            case TRUNCATE_RELOAD -> rows.truncateReload();
            case PARTITION_SWAP -> rows.partitionSwap();
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
        return step(() -> {
            TargetTable table = seen();
            TouchedRows written = touched;
            if (touchedRows != null) {
                return touchedRows;
            }
            return written == null
                    ? engine.empty(table.schema())
                    : sql.database().read(sql, engine, table, written.from());
        });
    }

    @Override
    public Relation table() {
        return step(() -> {
            TargetTable table = seen();
            return sql.database().read(sql, engine, table, table.sql() + " AS t");
        });
    }

    @Override
    public long deadLetters(LedgerKey key, String runId, Instant rejectedAt, List<Relation> rejects) {
        return step(() -> {
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
        step(() -> stopped.close());
        guard.run(() -> {
            if (!recorded) {
                throw new HeadworksException(
                        FailureKind.INTERNAL, "Cannot commit the load into " + name + ": it has no ledger row");
            }
            DirectInsert direct = inserted;
            if (direct != null) {
                direct.publish();
            }
            FailPoint.K16.pass();
            sql.database().commit(sql);
            open = false;
            FailPoint.K17.pass();
            return true;
        });
        guard.end();
    }

    @Override
    public void close() {
        stopped.close();
        guard.end();
        if (open) {
            open = false;
            sql.database().rollBack(sql);
        }
    }
}
