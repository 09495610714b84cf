package io.headworks.bench;

import com.sun.management.OperatingSystemMXBean;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.target.LoadTransaction;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.sql.SqlRunner;
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

/**
 * Loads into a DuckDB file of 10 M rows beside the bare statements that do the same and prove nothing: 100 k changes (90
 * % updates), and 10 M rows in one statement. Every round is rolled back.
 */
public final class LoadsBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 5);
    private static final long ROWS = Long.getLong("headworks.bench.rows", 10_000_000);
    private static final long CHANGES = ROWS / 100;
    private static final long UPSERT_GIGABYTES = 4;
    private static final TableName TABLE = new TableName(null, "orders");
    private static final LedgerKey KEY = new LedgerKey("bench", "dev", "", "orders", "warehouse:orders");
    private static final String COLUMNS = "id, customer, name, amount, day, updated_at";

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private record Timing(long wallMillis, long cpuMillis) {}

    /** What is raced, and the bare statements it is raced against. */
    private record Race(DuckDbSession session, DuckDbTarget target, Fence fence) {}

    boolean run(PrintStream out) throws IOException {
        Path folder = Files.createDirectories(Path.of("bench/target/loads").toAbsolutePath());
        Path file = folder.resolve("orders-" + ROWS + ".duckdb");
        try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder);
                DuckDbSession session = (DuckDbSession) engine.session("loads", folder, new Cancellation());
                DuckDbTarget target = DuckDbTarget.open(session, file, "warehouse")) {
            Race race = new Race(session, target, target.takeFence(KEY, TABLE, "run", Instant.EPOCH));
            if (target.tables().isEmpty()) {
                session.sql()
                        .execute("CREATE TABLE warehouse.main.orders AS SELECT " + COLUMNS
                                + ", 1::BIGINT AS _hw_run, TIMESTAMPTZ '2026-01-01' AS _hw_loaded_at FROM (" + rows()
                                + ")");
                session.sql().execute("CHECKPOINT warehouse");
            }
            return changes(race, out) & allRows(race, out);
        }
    }

    /** Within 2 times what finding the keys by a hash join and appending the rows take. */
    private boolean changes(Race race, PrintStream out) throws IOException {
        Relation changes = race.session().materialise("changes", race.session().relation(changes()));
        String from = "(" + changes.sql() + ") AS b";
        Timing floor = median(bare(
                race,
                "DELETE FROM warehouse.main.orders AS t USING " + from + " WHERE t.id = b.id",
                "INSERT INTO warehouse.main.orders SELECT " + COLUMNS + ", 2, now() FROM " + from));
        print(out, CHANGES + " changes, bare DELETE + INSERT", floor, "");
        Timing probe = median(bare(
                race,
                "SELECT count(*) FROM warehouse.main.orders AS t JOIN " + from + " ON t.id = b.id",
                "INSERT INTO warehouse.main.orders SELECT " + COLUMNS + ", 2, now() FROM " + from));
        print(out, CHANGES + " changes, hash probe of the keys + append", probe, "");
        boolean within = true;
        for (List<String> orderBy : List.of(List.of("updated_at"), List.<String>of())) {
            Timing upsert = median(load(race, Strategy.UPSERT, orderBy, changes, true));
            boolean one = upsert.wallMillis() <= 2 * probe.wallMillis();
            print(
                    out,
                    CHANGES + " changes, upsert, order_by " + orderBy,
                    upsert,
                    ratio(upsert, probe) + "  limit 2 x  " + Benchmarks.verdict(one));
            within &= one;
        }
        return within & peak(out);
    }

    /** What this process held at most, where the kernel tells. */
    private static boolean peak(PrintStream out) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return true;
        }
        long kilobytes = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
        boolean within = kilobytes <= UPSERT_GIGABYTES * 1_000_000 / 1.024;
        out.printf(
                Locale.ROOT,
                "%-50s %6.1f GB  limit %d GB  %s%n",
                "peak until here",
                kilobytes * 1.024 / 1e6,
                UPSERT_GIGABYTES,
                Benchmarks.verdict(within));
        return within;
    }

    /** Within 1.15 times the bare statement plus 0.7 s. */
    private boolean allRows(Race race, PrintStream out) {
        Relation all = race.session().relation("SELECT " + COLUMNS + " FROM warehouse.main.orders");
        Timing floor = median(bare(race, "CREATE TABLE warehouse.main.beside AS " + all.sql()));
        print(out, ROWS + " rows, bare CREATE TABLE AS", floor, "");
        boolean within = true;
        for (Strategy strategy : List.of(Strategy.APPEND, Strategy.TRUNCATE_RELOAD)) {
            Timing direct = median(load(race, strategy, List.of(), all, false));
            boolean one = direct.wallMillis() <= 1.15 * floor.wallMillis() + 700;
            print(
                    out,
                    ROWS + " rows, direct " + strategy.key(),
                    direct,
                    ratio(direct, floor) + "  limit 1.15 x + 0.7 s  " + Benchmarks.verdict(one));
            within &= one;
        }
        return within;
    }

    private static String rows() {
        return "SELECT range AS id, hash(range) % 1000000 AS customer, 'name ' || hash(range) % 5000000 AS name,"
                + " CAST(hash(range + 1) % 100000 AS DECIMAL(18, 2)) AS amount,"
                + " DATE '2020-01-01' + CAST(hash(range) % 2000 AS INTEGER) AS day,"
                + " TIMESTAMP '2025-01-01' + to_seconds(range % 1000000) AS updated_at FROM range(" + ROWS + ")";
    }

    /** Nine of ten are spread over the whole table, each key once. */
    private static String changes() {
        return "SELECT * REPLACE (CASE WHEN id % 10 = 0 THEN " + ROWS
                + " + id ELSE id * 100 + CAST(hash(id) % 100 AS BIGINT) END AS id,"
                + " 'changed' AS name, TIMESTAMP '2026-06-01' AS updated_at) FROM ("
                + rows().replace("range(" + ROWS + ")", "range(" + CHANGES + ")") + ")";
    }

    private static Runnable bare(Race race, String... statements) {
        SqlRunner sql = race.session().sql();
        return () -> {
            sql.execute("BEGIN TRANSACTION");
            for (String statement : statements) {
                sql.execute(statement);
            }
            sql.execute("ROLLBACK");
        };
    }

    private static Runnable load(
            Race race, Strategy strategy, List<String> orderBy, Relation batch, boolean materialised) {
        Load load = new Load(
                TABLE,
                strategy,
                strategy == Strategy.UPSERT ? List.of("id") : List.of(),
                orderBy,
                Load.Deletes.APPLY,
                "is_deleted",
                null,
                List.of(),
                Load.SchemaPolicy.EVOLVE,
                Load.Breaker.NONE,
                Load.AuditColumns.DEFAULT,
                null,
                null);
        return () -> {
            try (LoadTransaction transaction = race.target().begin(race.fence(), TABLE)) {
                LoadCounts counts = transaction.apply(new LoadRequest(
                        load,
                        batch,
                        materialised,
                        strategy == Strategy.UPSERT ? BatchKind.DELTA : BatchKind.SNAPSHOT,
                        null,
                        2,
                        Instant.parse("2026-06-01T00:00:00Z")));
                if (counts.inserted() + counts.updated() != counts.staged()) {
                    throw new IllegalStateException("every row should be written: " + counts);
                }
            }
        };
    }

    private Timing median(Runnable work) {
        work.run();
        List<Timing> timings = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long wall = System.nanoTime();
            long cpu = machine.getProcessCpuTime();
            work.run();
            timings.add(new Timing(
                    (System.nanoTime() - wall) / 1_000_000, (machine.getProcessCpuTime() - cpu) / 1_000_000));
        }
        timings.sort(Comparator.comparingLong(Timing::cpuMillis));
        return timings.get(ROUNDS / 2);
    }

    private static String ratio(Timing timing, Timing floor) {
        return String.format(
                Locale.ROOT,
                "%.2f x wall, %.2f x CPU",
                (double) timing.wallMillis() / floor.wallMillis(),
                (double) timing.cpuMillis() / floor.cpuMillis());
    }

    private static void print(PrintStream out, String what, Timing timing, String beside) {
        out.printf(
                Locale.ROOT, "%-50s %6d ms  %6d ms CPU  %s%n", what, timing.wallMillis(), timing.cpuMillis(), beside);
    }
}
