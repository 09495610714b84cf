package io.headworks.bench;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Whole runs from PostgreSQL into DuckDB: the peak of the process for a tenth of the rows and for all of them, and what an
 * incremental run takes when one row in a hundred has changed, against the full load.
 */
final class PostgresRuns {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 3);
    private static final long ROWS = Long.getLong("headworks.bench.rows", 6_000_000);
    /** False measures the incremental run alone. */
    private static final boolean MEMORY = !"false".equals(System.getProperty("headworks.bench.memory"));

    private static final long ENGINE_MEGABYTES = 500;
    /** Replacing rows all over a table takes the engine some 8 bytes for each row of it. */
    private static final long REPLACING_MEGABYTES = Math.max(ENGINE_MEGABYTES, ROWS * 16 / 1_000_000);

    private static final long ABOVE = 512;
    private static final double MORE = 1.10;
    private static final long FILLING = 6_000_000;
    private static final double SHARE = 0.03;
    private static final long MEGABYTE = 1_000_000;

    boolean run(PrintStream out) throws IOException, InterruptedException {
        WholeProcess.program();
        Path folder = Files.createTempDirectory("headworks-bench");
        try (TestPostgres server = TestPostgres.start("shared_buffers=1GB", "max_wal_size=8GB", "jit=off");
                TestDatabase database = server.newDatabase()) {
            database.run(
                    Lineitem.timedTable(ROWS),
                    "CREATE INDEX ON lineitem (updated_at)",
                    "CREATE TABLE tenth AS SELECT * FROM lineitem LIMIT " + ROWS / 10,
                    "VACUUM (FREEZE, ANALYZE)");
            boolean met = !MEMORY
                    || memory(out, folder, database, "full", "truncate-reload")
                            & memory(out, folder, database, "incremental\n    incremental_key: updated_at", "upsert");
            return incremental(out, folder, database) & met;
        } finally {
            Folders.remove(folder);
        }
    }

    private boolean memory(PrintStream out, Path folder, TestDatabase database, String extract, String load)
            throws IOException, InterruptedException {
        long small = peak(folder, database, "tenth", extract, load);
        long large = peak(folder, database, "lineitem", extract, load);
        // fewer rows than the engine may hold say nothing of how memory grows
        boolean grows = ROWS / 10 >= FILLING && large > small * MORE;
        boolean met = !grows && large <= ENGINE_MEGABYTES + ABOVE;
        out.printf(
                Locale.ROOT,
                "peak of hw run from PostgreSQL, %-15s  %,d rows %5d MB  %,d rows %5d MB, limit %d MB and %d MB of the"
                        + " engine, and %.2f x from %,d rows on: %s%n",
                load,
                ROWS / 10,
                small,
                ROWS,
                large,
                ABOVE,
                ENGINE_MEGABYTES,
                MORE,
                FILLING,
                Benchmarks.verdict(met));
        return met;
    }

    private long peak(Path folder, TestDatabase database, String table, String extract, String load)
            throws IOException, InterruptedException {
        Path project =
                project(Files.createTempDirectory(folder, "memory"), ENGINE_MEGABYTES, database, table, extract, load);
        return new WholeProcess(project, List.of("run", "orders")).watched().peakBytes() / MEGABYTE;
    }

    private boolean incremental(PrintStream out, Path folder, TestDatabase database)
            throws IOException, InterruptedException {
        Path project = project(
                Files.createTempDirectory(folder, "incremental"),
                REPLACING_MEGABYTES,
                database,
                "lineitem",
                "incremental\n    incremental_key: updated_at",
                "upsert");
        WholeProcess run = new WholeProcess(project, List.of("run", "orders"));
        double full = run.timed().millis() / 1e3;
        List<Double> floors = new ArrayList<>();
        List<Double> runs = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            String moment = change(database, round);
            database.run("VACUUM lineitem", "CHECKPOINT");
            WholeProcess.Ended ended = run.timed();
            out.print(ended.output().indent(2));
            runs.add(ended.millis() / 1e3);
            floors.add(seconds(
                    database, "COPY (SELECT * FROM lineitem WHERE updated_at > " + moment + ") TO '/dev/null'"));
        }
        change(database, ROUNDS + 1);
        database.run("CHECKPOINT");
        double unclean = run.timed().millis() / 1e3;
        Collections.sort(floors);
        Collections.sort(runs);
        double median = runs.get(ROUNDS / 2);
        boolean met = median <= full * SHARE;
        out.printf(
                Locale.ROOT,
                "incremental of 1 %% of %,d rows: %.2f s, start of the program included (best %.2f s; the server alone,"
                        + " read a second time in one session, %.2f s; without VACUUM after the change, %.2f s);"
                        + " full load %.1f s: %.1f %% (limit %.0f %%): %s%n",
                ROWS,
                median,
                runs.get(0),
                floors.get(ROUNDS / 2),
                unclean,
                full,
                100 * median / full,
                100 * SHARE,
                Benchmarks.verdict(met));
        return met;
    }

    /** One row in a hundred, by and by each on a page of its own. */
    private static String change(TestDatabase database, int round) {
        String moment = "timestamptz '2024-01-01Z' + interval '" + round + " days'";
        database.run("UPDATE lineitem SET l_tax = l_tax + 0.01, updated_at = " + moment
                + " + l_orderkey * interval '1 ms' WHERE l_linenumber = 1 AND l_orderkey % 25 = " + round);
        return moment;
    }

    private static double seconds(TestDatabase database, String statement) {
        long start = System.nanoTime();
        database.run(statement);
        return (System.nanoTime() - start) / 1e9;
    }

    private static Path project(
            Path project, long megabytes, TestDatabase database, String table, String extract, String load)
            throws IOException {
        Files.createDirectories(project.resolve("pipelines"));
        Files.writeString(project.resolve("password"), database.password());
        Files.writeString(
                project.resolve("headworks.yml"), """
                project: {name: runs, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a13}
                connections:
                  shop: {type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: "${file:password}"}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """.formatted(database.port(), database.name(), database.user()));
        Files.writeString(project.resolve("pipelines/orders.yml"), """
                pipeline:
                  name: orders
                  resources: {memory: %dMB, threads: 2}
                  extract:
                    connection: shop
                    table: %s
                    strategy: %s
                  load:
                    {connection: warehouse, table: orders, strategy: %s, merge_keys: [l_orderkey, l_linenumber]}
                """.formatted(megabytes, table, extract, load));
        return project;
    }
}
