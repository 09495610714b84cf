package io.headworks.bench;

import com.sun.management.OperatingSystemMXBean;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.History;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.load.HistoryLoading;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.target.DuckDbTarget;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * History of type 2 of 2 M keys (headworks.bench.rows) in a DuckDB file: a snapshot in which one key of a hundred changed,
 * beside a statement that only finds the changes by comparing; and the same snapshot again, which writes nothing.
 */
public final class HistoryBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 5);
    private static final long KEYS = Long.getLong("headworks.bench.rows", 2_000_000);
    private static final double LIMIT = 3;
    private static final TableName TABLE = new TableName(null, "customers");
    private static final LedgerKey KEY = new LedgerKey("bench", "dev", "", "customers", "warehouse:customers");
    private static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");
    private static final Load LOAD = new Load(
            TABLE,
            Strategy.MERGE,
            List.of("id"),
            List.of(),
            Load.Deletes.APPLY,
            "is_deleted",
            null,
            List.of(),
            Load.SchemaPolicy.EVOLVE,
            Load.Breaker.NONE,
            Load.AuditColumns.DEFAULT,
            null,
            null,
            new History(
                    History.Type.VERSION,
                    Map.of(),
                    "updated_at",
                    History.Deletes.CLOSE,
                    new History.Names("valid_from", "valid_to", "is_current", "is_deleted", "customer_sk"),
                    History.FAR_AWAY));

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private record Timing(long wallMillis, long cpuMillis) {}

    private record Race(DuckDbSession session, DuckDbTarget target, Fence fence) {}

    boolean run(PrintStream out) throws IOException {
        Path folder = Files.createDirectories(Path.of("bench/target/history").toAbsolutePath());
        Path file = folder.resolve("customers.duckdb");
        Files.deleteIfExists(file);
        try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder);
                DuckDbSession session = (DuckDbSession) engine.session("history", folder, new Cancellation());
                DuckDbTarget target = DuckDbTarget.open(session, file, "warehouse")) {
            Race race = new Race(session, target, target.takeFence(KEY, TABLE, "run", Instant.EPOCH));
            Relation first = session.materialise("first", session.relation(rows(false)));
            Relation changed = session.materialise("changed", session.relation(rows(true)));
            load(race, first, create(first), 1);
            return race(race, first, changed, out);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private boolean race(Race race, Relation first, Relation changed, PrintStream out) {
        String compare = "SELECT count(*) FROM warehouse.main.customers AS t JOIN (" + changed.sql()
                + ") AS b ON b.id = t.id WHERE t.is_current AND (b.name IS DISTINCT FROM t.name OR b.city IS DISTINCT FROM"
                + " t.city OR b.email IS DISTINCT FROM t.email OR b.amount IS DISTINCT FROM t.amount)";
        Runnable floorWork = () -> require(KEYS / 100, race.session().sql().number(compare));
        List<Timing> floors = new ArrayList<>();
        List<Timing> loads = new ArrayList<>();
        List<Timing> repeats = new ArrayList<>();
        floorWork.run();
        for (int round = 0; round < ROUNDS; round++) {
            floors.add(timed(floorWork));
            loads.add(timed(() -> require(KEYS / 100, rolledBack(race, changed))));
            repeats.add(timed(() -> require(0, rolledBack(race, first))));
        }
        print(out, "plain compare scan", floors, floors);
        boolean within = print(out, "type 2, 1 % changed", loads, floors) <= LIMIT;
        print(out, "the same snapshot again, 0 rows", repeats, floors);
        out.println("limit " + LIMIT + " x CPU for the changes  " + Benchmarks.verdict(within));
        return within;
    }

    private static void require(long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException("Cannot race: " + found + " rows, " + expected + " expected");
        }
    }

    /** Rows of the batch that changed something. */
    private static long rolledBack(Race race, Relation batch) {
        try (LoadTransaction transaction = race.target().begin(race.fence(), TABLE)) {
            LoadCounts counts = apply(race, transaction, batch, List.of(), 2);
            return counts.inserted() + counts.updated();
        }
    }

    private static LoadCounts apply(
            Race race, LoadTransaction transaction, Relation batch, List<SchemaChange> changes, int run) {
        transaction.change(changes);
        LoadRequest request = new LoadRequest(LOAD, batch, true, BatchKind.SNAPSHOT, null, run, AT.plusSeconds(run));
        return new HistoryLoading(race.session(), transaction, request)
                .run(changes, null)
                .counts();
    }

    private static void load(Race race, Relation batch, List<SchemaChange> changes, int run) {
        try (LoadTransaction transaction = race.target().begin(race.fence(), TABLE)) {
            LoadCounts counts = apply(race, transaction, batch, changes, run);
            transaction.record(new LedgerRow(
                    LedgerRow.VERSION,
                    KEY,
                    race.fence().runId(),
                    run,
                    1,
                    "live",
                    null,
                    null,
                    race.fence().number(),
                    null,
                    null,
                    "bench",
                    "bench",
                    "bench",
                    counts.inserted(),
                    counts.updated(),
                    counts.unchanged(),
                    counts.deleted(),
                    0,
                    counts.hashAlgorithm(),
                    counts.contentHash(),
                    "bench",
                    AT));
            transaction.commit();
        }
    }

    private static List<SchemaChange> create(Relation batch) {
        List<Field> audit = List.of(
                new Field("_hw_run", DataType.BIGINT, true), new Field("_hw_loaded_at", DataType.TIMESTAMPTZ, true));
        List<Field> fields = Stream.concat(
                        HistoryTable.of(LOAD, batch.schema()).columns().fields().stream(), audit.stream())
                .toList();
        return List.of(new SchemaChange.CreateTable(new Schema(fields), LOAD.uniqueKey()));
    }

    private static String rows(boolean changed) {
        String isChanged = changed ? "range % 100 = 7" : "false";
        return "SELECT range AS id, 'name ' || hash(range) % 5000000 AS name, CASE WHEN " + isChanged
                + " THEN 'moved' ELSE 'city ' || hash(range + 1) % 5000 END AS city, 'a' || range || '@x.org' AS email,"
                + " CAST(hash(range + 2) % 100000 AS DECIMAL(18, 2)) AS amount, CASE WHEN " + isChanged
                + " THEN TIMESTAMP '2026-01-01' ELSE TIMESTAMP '2025-01-01' END AS updated_at FROM range(" + KEYS + ")";
    }

    private Timing timed(Runnable work) {
        long wall = System.nanoTime();
        long cpu = machine.getProcessCpuTime();
        work.run();
        return new Timing((System.nanoTime() - wall) / 1_000_000, (machine.getProcessCpuTime() - cpu) / 1_000_000);
    }

    private static double print(PrintStream out, String what, List<Timing> timings, List<Timing> floors) {
        Timing timing = median(timings);
        Timing floor = median(floors);
        double cpu = (double) timing.cpuMillis() / floor.cpuMillis();
        out.printf(
                Locale.ROOT,
                "%,d keys  %-34s %6d ms  %6d ms CPU  %.2f x wall, %.2f x CPU%n",
                KEYS,
                what,
                timing.wallMillis(),
                timing.cpuMillis(),
                (double) timing.wallMillis() / floor.wallMillis(),
                cpu);
        return cpu;
    }

    private static Timing median(List<Timing> timings) {
        return timings.stream()
                .sorted(Comparator.comparingLong(Timing::cpuMillis))
                .toList()
                .get(timings.size() / 2);
    }
}
