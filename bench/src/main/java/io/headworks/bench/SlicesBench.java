package io.headworks.bench;

import io.headworks.api.ledger.LedgerKey;
import io.headworks.core.slice.Slice;
import io.headworks.core.slice.SliceCalendar;
import io.headworks.core.slice.Standing;
import io.headworks.core.spec.ExtractSpec.Every;
import io.headworks.core.spec.ExtractSpec.SliceSpec;
import io.headworks.core.state.SliceHistory;
import io.headworks.core.state.StateDatabase;
import io.headworks.core.state.StateFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What is missing of 100,000 slices, where each second range is loaded (the worst there is) and where nearly all is; and how
 * much longer live runs take while a backfill loads the same table, in rounds of one with and one without.
 */
final class SlicesBench {
    private static final int SLICES = 100_000;
    private static final long LIMIT_MILLIS = 200;
    private static final double MOST_DELAY = 0.10;
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 5);
    private static final int LIVE_ROWS = Integer.getInteger("headworks.bench.rows", 2_000_000);
    private static final LedgerKey KEY =
            new LedgerKey("0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a11", "default", "", "orders", "warehouse:orders");
    private static final SliceCalendar HOURS =
            SliceCalendar.of(new SliceSpec("placed_at", new Every(1, Every.Unit.HOUR), null, ZoneOffset.UTC));
    private static final Instant FIRST = Instant.parse("2010-01-01T00:00:00Z");

    boolean run(PrintStream out) throws Exception {
        Path folder = Files.createTempDirectory("headworks-bench");
        try {
            boolean within = missing(out, folder.resolve("one"), SLICES - 1, "all but the last loaded");
            within &= missing(out, folder.resolve("each-second"), 1, "each second one loaded");
            return within & delay(out, folder.resolve("project"));
        } finally {
            Folders.remove(folder);
        }
    }

    /** @param length how many slices a loaded range has, before one that is missing */
    private static boolean missing(PrintStream out, Path folder, int length, String what)
            throws IOException, SQLException {
        Files.createDirectories(folder);
        StateFile file = new StateFile(folder.resolve("state.db"));
        List<Long> millis = new ArrayList<>();
        long found = 0;
        int ranges = 0;
        try (StateDatabase state = StateDatabase.open(file)) {
            ranges = write(file, length);
            for (int i = 0; i < ROUNDS + 3; i++) {
                long start = System.nanoTime();
                found = missing(state);
                millis.add((System.nanoTime() - start) / 1_000_000);
            }
        }
        long cold = millis.get(0);
        List<Long> warm = new ArrayList<>(millis.subList(3, millis.size()));
        Collections.sort(warm);
        boolean met = cold <= LIMIT_MILLIS;
        out.printf(
                Locale.ROOT,
                "%,d slices, %s (%,d ranges): what is missing (%,d) in %d ms at first, median %d ms, limit %d ms  %s%n",
                SLICES,
                what,
                ranges,
                found,
                cold,
                WholeProcess.median(warm),
                LIMIT_MILLIS,
                Benchmarks.verdict(met));
        return met;
    }

    private static long missing(StateDatabase state) {
        SliceHistory history = new SliceHistory(state);
        List<Slice> slices = HOURS.cut(hour(0), hour(SLICES));
        return Standing.of(
                        slices, history.loaded(KEY, ZoneOffset.UTC), history.failed(KEY, ZoneOffset.UTC), "definition")
                .stream()
                .filter(standing -> standing.is(Standing.Only.MISSING))
                .count();
    }

    private static int write(StateFile file, int length) throws SQLException {
        int ranges = 0;
        try (Connection session = file.open();
                PreparedStatement insert = session.prepareStatement(
                        "insert into slice_loaded values ('default', 'orders', 'warehouse:orders', ?, ?, 'definition',"
                                + " 'run', ?, ?)")) {
            session.setAutoCommit(false);
            for (int i = 0; i < SLICES; i += length + 1) {
                insert.setString(1, hour(i));
                insert.setString(2, hour(Math.min(SLICES - 1, i + length)));
                insert.setInt(3, length);
                insert.setInt(4, length * 100);
                insert.addBatch();
                ranges++;
            }
            insert.executeBatch();
            session.commit();
        }
        return ranges;
    }

    private static String hour(int number) {
        return FIRST.plusSeconds(3600L * number).toString();
    }

    private static boolean delay(PrintStream out, Path project) throws Exception {
        project(project);
        new WholeProcess(project, List.of("run", "orders")).timed();
        ExecutorService beside = Executors.newSingleThreadExecutor();
        List<Double> shares = new ArrayList<>();
        double alone = 0;
        double together = 0;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                double without = live(project);
                WholeProcess history = elsewhere(
                        project, "backfill", "backfill", "orders", "--from", "2024-01-01", "--to", "2024-03-31");
                Future<WholeProcess.Ended> backfill = beside.submit(history::timed);
                awaitRunning(project);
                double with = live(project);
                if (backfill.isDone()) {
                    throw new IllegalStateException("Cannot measure: the backfill ended before the live run");
                }
                backfill.get();
                alone += without / ROUNDS;
                together += with / ROUNDS;
                shares.add(with / without - 1);
            }
        } finally {
            beside.shutdown();
        }
        Collections.sort(shares);
        double median = shares.get(shares.size() / 2);
        boolean met = median <= MOST_DELAY;
        out.printf(
                Locale.ROOT,
                "live run of %,d rows: %.2f s alone, %.2f s beside a backfill of 90 slices, median of %d rounds %+.1f %%"
                        + " (%+.1f to %+.1f), limit %+.0f %%  %s%n",
                LIVE_ROWS,
                alone,
                together,
                ROUNDS,
                100 * median,
                100 * shares.get(0),
                100 * shares.get(shares.size() - 1),
                100 * MOST_DELAY,
                Benchmarks.verdict(met));
        return met;
    }

    /** A live run that reads everything again, so that each takes the same. */
    private static double live(Path project) throws Exception {
        return new WholeProcess(project, List.of("run", "orders", "--full-refresh"))
                        .timed()
                        .millis()
                / 1e3;
    }

    /** Started from a folder of its own, where its output lies. */
    private static WholeProcess elsewhere(Path project, String name, String... arguments) throws IOException {
        Path folder = Files.createDirectories(project.resolveSibling(name));
        List<String> all = new ArrayList<>(List.of("--project", project.toString()));
        all.addAll(List.of(arguments));
        return new WholeProcess(folder, all);
    }

    private static void awaitRunning(Path project) throws Exception {
        WholeProcess list = elsewhere(project, "list", "backfill", "list");
        while (!list.timed().output().contains(" running ")) {
            Thread.onSpinWait();
        }
    }

    private static void project(Path project) throws IOException, SQLException {
        Files.createDirectories(project.resolve("pipelines"));
        Files.writeString(project.resolve("headworks.yml"), """
                project: {name: slices, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a11}
                connections:
                  shop_db: {type: duckdb, path: shop.duckdb}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """);
        Files.writeString(project.resolve("pipelines/orders.yml"), """
                pipeline:
                  name: orders
                  extract:
                    connection: shop_db
                    table: orders
                    strategy: incremental
                    incremental_key: placed_at
                    slice: {by: placed_at, every: 1d}
                  load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
                """);
        try (Connection shop = DriverManager.getConnection("jdbc:duckdb:" + project.resolve("shop.duckdb"));
                Statement statement = shop.createStatement()) {
            statement.execute("create table orders as select i as id, 'customer ' || i % 1000 as customer,"
                    + " cast(i % 10007 as decimal(18,2)) as amount,"
                    + " timestamp '2024-01-01' + to_seconds(i * (90 * 86400) // " + LIVE_ROWS + ") as placed_at"
                    + " from range(0, " + LIVE_ROWS + ") t(i)");
        }
    }
}
