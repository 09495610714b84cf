package io.headworks.connector.parquet;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.AuditColumns;
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.Load.Deletes;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.load.Load.SchemaPolicy;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.parquet.CleanUp.Keep;
import io.headworks.duckdb.engine.DuckDbSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder with table orders, loaded as runs load it, a minute apart. */
final class Lake implements AutoCloseable {
    static final TableName ORDERS = new TableName(null, "orders");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final LedgerKey KEY = new LedgerKey("p", "dev", "", "orders", "lake:orders");

    final Path folder;
    final ParquetTarget target;
    private final DuckDbSession session;
    private final @Nullable Partitioning partitioning;
    private int runs;

    Lake(Path folder, EngineSession session, @Nullable Partitioning partitioning, Keep keep) {
        this.folder = folder;
        this.session = (DuckDbSession) session;
        this.partitioning = partitioning;
        this.target = new ParquetTarget(ParquetFolder.at(folder), this.session, keep);
    }

    Lake(Path folder, EngineSession session, @Nullable Partitioning partitioning) {
        this(folder, session, partitioning, new Keep(10, Duration.ofHours(1)));
    }

    private static Instant at(int run) {
        return START.plus(Duration.ofMinutes(run));
    }

    /** Loads the rows of a SELECT. */
    LoadCounts load(Strategy strategy, String select) {
        runs++;
        Relation batch = session.materialise("batch", session.relation(select));
        Fence fence = fence(runs);
        boolean missing = target.observe(KEY, ORDERS).schema() == null;
        try (LoadTransaction transaction = target.begin(fence, ORDERS)) {
            transaction.change(missing ? List.of(new SchemaChange.CreateTable(withAudit(batch.schema()))) : List.of());
            LoadCounts counts = transaction.apply(request(strategy, batch));
            transaction.record(row(fence, counts));
            transaction.commit();
            return counts;
        }
    }

    Fence fence(int run) {
        return target.takeFence(KEY, ORDERS, "run-" + run, at(run));
    }

    LoadRequest request(Strategy strategy, Relation batch) {
        List<String> keys = strategy.needsKeys() ? List.of("id") : List.of();
        Load load = new Load(
                ORDERS,
                strategy,
                keys,
                List.of(),
                Deletes.APPLY,
                "is_deleted",
                partitioning,
                List.of(),
                SchemaPolicy.EVOLVE,
                Breaker.NONE,
                AuditColumns.DEFAULT,
                null,
                null);
        BatchKind kind = strategy == Strategy.TRUNCATE_RELOAD ? BatchKind.SNAPSHOT : BatchKind.DELTA;
        return new LoadRequest(load, batch, true, kind, null, runs, at(runs));
    }

    private LedgerRow row(Fence fence, LoadCounts counts) {
        return new LedgerRow(
                1,
                KEY,
                fence.runId(),
                runs,
                1,
                "live",
                null,
                null,
                fence.number(),
                null,
                null,
                "source",
                "schema",
                "plan",
                counts.inserted(),
                counts.updated(),
                counts.unchanged(),
                counts.deleted(),
                0,
                counts.hashAlgorithm(),
                counts.contentHash(),
                "0",
                at(runs));
    }

    private static Schema withAudit(Schema schema) {
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(new Field("_hw_run", DataType.BIGINT));
        fields.add(new Field("_hw_loaded_at", DataType.TIMESTAMPTZ));
        return new Schema(fields);
    }

    Version version() {
        return ParquetFolder.at(folder).resolve(ORDERS).orElseThrow();
    }

    FolderLayout.TableLayout layout() {
        return new FolderLayout(folder).table(ORDERS);
    }

    long number(String select) {
        return session.sql().number(select);
    }

    List<String> texts(String select) {
        return session.sql().query(select, row -> row.getString(1));
    }

    @Override
    public void close() {
        target.close();
    }
}
