package io.headworks.connector.postgres.load;

import io.headworks.api.connection.Connection;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.secret.Secret;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.testkit.servers.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database of PostgreSQL's with an engine beside it, and loads into table {@code orders} as a run makes them. */
final class PostgresLab implements AutoCloseable {
    static final TableName ORDERS = new TableName(null, "orders");
    static final LedgerKey KEY = new LedgerKey("p", "dev", "", "orders", "marts:orders");
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final Engine engine;
    final EngineSession session;
    final Target target;
    private final boolean audited;
    private int batches;

    PostgresLab(PostgresSettings settings, Path folder, boolean audited) throws IOException {
        this.audited = audited;
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("tmp"));
        session = engine.session("r", Files.createDirectories(folder.resolve("work")), new Cancellation());
        target = PostgresTarget.open(settings, session);
    }

    static PostgresLab of(TestDatabase database, Path folder) throws IOException {
        return new PostgresLab(
                settings(database.host(), database.port(), database, database.user(), database.password(), folder),
                folder,
                true);
    }

    static PostgresSettings settings(
            String host, int port, TestDatabase database, String user, String password, Path folder) {
        return PostgresSettings.of(new Connection(
                "warehouse",
                "postgresql",
                folder,
                Map.of("host", host, "port", Integer.toString(port), "database", database.name(), "user", user),
                Map.of("password", new Secret(password))));
    }

    /** A batch in work storage. */
    Relation batch(String select) {
        return session.materialise("batch" + ++batches, session.query(select));
    }

    Load load(Strategy strategy, List<String> keys, Load.@Nullable Partitioning partition) {
        return new Load(
                ORDERS,
                strategy,
                keys,
                List.of(),
                strategy == Strategy.SOFT_DELETE ? Load.Deletes.MARK : Load.Deletes.APPLY,
                "is_deleted",
                partition,
                List.of(),
                Load.SchemaPolicy.EVOLVE,
                Load.Breaker.NONE,
                audited ? Load.AuditColumns.DEFAULT : null,
                null,
                null);
    }

    LoadCounts run(int number, Strategy strategy, List<String> keys, String select) {
        return run(number, load(strategy, keys, null), batch(select), null);
    }

    /** One whole load with its fence, ledger row and commit. */
    LoadCounts run(int number, Load load, Relation batch, @Nullable Slice slice) {
        return run(number, load, batch, slice, BatchKind.SNAPSHOT);
    }

    LoadCounts run(int number, Load load, Relation batch, @Nullable Slice slice, BatchKind kind) {
        Fence fence = fence(number);
        List<SchemaChange> changes = changes(load, batch);
        try (LoadTransaction transaction = target.begin(fence, ORDERS)) {
            transaction.change(changes);
            LoadCounts counts = transaction.apply(new LoadRequest(load, batch, true, kind, slice, number, NOW));
            transaction.record(row(number, fence, counts));
            transaction.commit();
            return counts;
        }
    }

    LoadCounts apply(LoadTransaction transaction, int number, Load load, Relation batch, @Nullable Slice slice) {
        return transaction.apply(new LoadRequest(load, batch, true, BatchKind.SNAPSHOT, slice, number, NOW));
    }

    Fence fence(int number) {
        return target.takeFence(KEY, ORDERS, "run" + number, NOW);
    }

    /** What makes the table, where it is missing. */
    List<SchemaChange> changes(Load load, Relation batch) {
        if (target.observe(KEY, ORDERS).schema() != null) {
            return List.of();
        }
        List<Field> fields = new ArrayList<>(batch.schema().fields());
        if (load.strategy() == Strategy.SOFT_DELETE) {
            fields.add(new Field("is_deleted", DataType.Simple.BOOLEAN));
        }
        if (audited) {
            fields.add(new Field("_hw_run", DataType.BIGINT));
            fields.add(new Field("_hw_loaded_at", DataType.TIMESTAMPTZ));
        }
        return List.of(new SchemaChange.CreateTable(new Schema(fields)));
    }

    static LedgerRow row(int number, Fence fence, LoadCounts counts) {
        return new LedgerRow(
                LedgerRow.VERSION,
                KEY,
                fence.runId(),
                number,
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
                "0.1.0",
                NOW.plusSeconds(number));
    }

    @Override
    public void close() {
        target.close();
        session.close();
        engine.close();
    }
}
