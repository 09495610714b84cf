package io.headworks.bench;

import com.sun.management.OperatingSystemMXBean;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.Relation;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.target.Target;
import io.headworks.connector.postgres.PostgresConnector;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.target.DuckDbTarget;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finding hard deletes among ten million keys, from PostgreSQL to DuckDB and from PostgreSQL to PostgreSQL, against one
 * scan of the key of each side: keys drained by binary COPY and dropped, and summed in DuckDB. Processor time counts this
 * process and the server's.
 */
final class ReconcileBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 3);
    private static final long ROWS = Long.getLong("headworks.bench.rows", 10_000_000);
    private static final long DELETED = 1_000;
    private static final double BAR = 2;
    private static final TableName TABLE = new TableName(null, "orders");
    private static final Extract KEYS =
            new Extract(new Extract.Reading.Table(TABLE), List.of(new ColumnChoice("id", null)), null, null, null);

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private record Timing(double wall, double cpu) {
        Timing plus(Timing other) {
            return new Timing(wall + other.wall, cpu + other.cpu);
        }
    }

    private interface Work {
        void run() throws IOException, SQLException;
    }

    boolean run(PrintStream out) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("headworks-bench");
        try (TestPostgres server =
                        TestPostgres.start("shared_buffers=1500MB", "max_wal_size=8GB", "autovacuum=off", "jit=off");
                TestDatabase shop = server.newDatabase();
                TestDatabase warehouse = server.newDatabase();
                Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("tmp"));
                DuckDbSession session = (DuckDbSession) engine.session("reconcile", folder, new Cancellation())) {
            fill(shop, warehouse);
            ServerTime time = new ServerTime(server);
            DrainedStreams source = new DrainedStreams(shop);
            DrainedStreams stored = new DrainedStreams(warehouse);
            Path file = folder.resolve("w.duckdb");
            String catalog = session.attach(file, "warehouse", false);
            session.sql()
                    .execute("CREATE TABLE " + catalog
                            + ".orders AS SELECT range AS id, 'paid' AS status, range / 7.0 AS"
                            + " amount FROM range(0, " + ROWS + ")");
            try (Target duck = DuckDbTarget.open(session, file, "warehouse");
                    Target postgres = new PostgresConnector()
                            .openTarget(Connections.of("postgresql", warehouse), session)
                            .orElseThrow()) {
                List<List<Timing>> all = List.of(
                        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
                for (int round = 0; round <= ROUNDS; round++) {
                    List<Timing> timings = List.of(
                            timed(time, () -> source.run("orders", "id")),
                            timed(
                                    time,
                                    () -> session.sql()
                                            .number("SELECT CAST(sum(id) % 7 AS BIGINT) FROM " + catalog + ".orders")),
                            timed(time, () -> stored.run("orders", "id")),
                            timed(time, () -> compare(session, shop, duck)),
                            timed(time, () -> compare(session, shop, postgres)));
                    for (int i = 0; i < timings.size() && round > 0; i++) {
                        all.get(i).add(timings.get(i));
                    }
                }
                List<Timing> medians = all.stream().map(ReconcileBench::median).toList();
                boolean met = print(
                        out,
                        "PostgreSQL and DuckDB",
                        medians.get(3),
                        medians.get(0).plus(medians.get(1)));
                return print(
                                out,
                                "PostgreSQL and PostgreSQL",
                                medians.get(4),
                                medians.get(0).plus(medians.get(2)))
                        & met;
            }
        } finally {
            Folders.remove(folder);
        }
    }

    private static void fill(TestDatabase shop, TestDatabase warehouse) {
        String rows = "CREATE TABLE orders AS SELECT i AS id, 'paid' AS status, i / 7.0 AS amount, now() AS updated_at"
                + " FROM generate_series(0::bigint, " + (ROWS - 1) + ") AS i";
        shop.run(rows, "DELETE FROM orders WHERE id % " + ROWS / DELETED + " = 3", "VACUUM (FREEZE, ANALYZE) orders");
        warehouse.run(rows, "VACUUM (FREEZE, ANALYZE) orders");
    }

    private static void compare(DuckDbSession session, TestDatabase shop, Target target) {
        try (Source source = new PostgresConnector()
                .openSource(Connections.of("postgresql", shop), session)
                .orElseThrow()) {
            RowSource rows = source.rows(KEYS, source.observe(KEYS, null), null, List.of());
            Relation there = target.keys(TABLE, List.of("id"), null);
            Relation gone = session.absent(there, session.stream((RowSource.Parallel) rows));
            if (session.count(gone) != DELETED) {
                throw new IllegalStateException(session.count(gone) + " keys are gone, " + DELETED + " expected");
            }
        }
    }

    private static boolean print(PrintStream out, String what, Timing compared, Timing scans) {
        double times = compared.wall() / scans.wall();
        out.printf(
                Locale.ROOT,
                "keys of %-26s %,d: %5.1f s, CPU %5.1f s; one scan of each side %5.1f s, CPU %5.1f s: %.2f x by wall,"
                        + " %.2f x by processor time (bar %.0f): %s%n",
                what,
                ROWS,
                compared.wall(),
                compared.cpu(),
                scans.wall(),
                scans.cpu(),
                times,
                compared.cpu() / scans.cpu(),
                BAR,
                Benchmarks.verdict(times <= BAR));
        return times <= BAR;
    }

    private Timing timed(ServerTime server, Work work) throws IOException, SQLException {
        double before = server.seconds();
        long own = machine.getProcessCpuTime();
        long wall = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - wall) / 1e9;
        double here = (machine.getProcessCpuTime() - own) / 1e9;
        return new Timing(seconds, here + server.seconds() - before);
    }

    private static Timing median(List<Timing> timings) {
        return timings.stream()
                .sorted(Comparator.comparingDouble(Timing::wall))
                .skip(timings.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
