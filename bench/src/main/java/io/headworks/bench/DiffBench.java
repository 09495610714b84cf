package io.headworks.bench;

import com.sun.management.OperatingSystemMXBean;
import io.headworks.api.connection.Connector;
import io.headworks.api.dataset.TableName;
import io.headworks.api.diff.RowHashing;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.Relation;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.Extract;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.connector.postgres.PostgresConnector;
import io.headworks.core.connection.Connectors;
import io.headworks.core.diff.BucketCount;
import io.headworks.core.diff.DiffRequest;
import io.headworks.core.diff.DiffResult;
import io.headworks.core.diff.PairColumns;
import io.headworks.core.diff.PairColumns.KnownKey;
import io.headworks.core.service.AcrossEnvironments;
import io.headworks.core.service.DiffTables;
import io.headworks.core.service.Setup;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.loading.ProjectLoader;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.source.DuckDbConnector;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A table of ten columns in PostgreSQL against the same in DuckDB, equal and with a thousand scattered differences, beside
 * the hash scan of each side alone. The comparison starts an engine of its own. Processor time counts this process and the
 * server's.
 */
final class DiffBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 3);
    private static final long ROWS = Long.getLong("headworks.bench.rows", 1_000_000);
    private static final int CHANGED = 1_000;
    private static final double EQUAL_BAR = 1.5;
    private static final double CHANGED_BAR = 2;
    private static final Extract ORDERS =
            new Extract(new Extract.Reading.Table(new TableName(null, "orders")), List.of(), null, null, null);
    private static final DiffRequest REQUEST = new DiffRequest(
            "shop:orders",
            "warehouse:orders",
            List.of("id"),
            List.of(),
            List.of(),
            Map.of(),
            20,
            null,
            false,
            DiffRequest.Where.ALL,
            false);

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final List<Connector> connectors = List.of(new PostgresConnector(), new DuckDbConnector());

    private record Timing(double wall, double cpu) {}

    private record Round(Timing server, Timing engine, Timing equal, Timing changed) {
        double scan() {
            return Math.max(server.wall(), engine.wall());
        }
    }

    private interface Work {
        void run() throws IOException, SQLException;
    }

    boolean run(PrintStream out) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("headworks-bench");
        try (TestPostgres server = TestPostgres.start("shared_buffers=2GB", "max_wal_size=8GB", "autovacuum=off");
                TestDatabase shop = server.newDatabase()) {
            Project project = project(folder, shop);
            fill(shop, project, folder);
            ServerTime time = new ServerTime(server);
            List<Round> rounds = new ArrayList<>();
            for (int round = 0; round <= ROUNDS; round++) {
                Timing there = timed(time, () -> scan(project, folder, true));
                Timing here = timed(time, () -> scan(project, folder, false));
                Timing equal = timed(time, () -> expect(compare(project), 0));
                change(shop, 1);
                Timing changed = timed(time, () -> expect(compare(project), CHANGED));
                change(shop, -1);
                if (round > 0) {
                    rounds.add(new Round(there, here, equal, changed));
                }
            }
            return print(out, rounds);
        } finally {
            Folders.remove(folder);
        }
    }

    private Project project(Path folder, TestDatabase shop) throws IOException {
        Files.writeString(folder.resolve("password"), shop.password());
        Files.writeString(folder.resolve("headworks.yml"), """
                project: {name: diff, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a26}
                connections:
                  shop: {type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: "${file:password}"}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """.formatted(shop.port(), shop.name(), shop.user()));
        return Objects.requireNonNull(ProjectLoader.withoutSql(connectors)
                .load(folder, null, Map.of())
                .project());
    }

    /** The engine's table has the server's rows. */
    private void fill(TestDatabase shop, Project project, Path folder) throws IOException {
        shop.run(
                "CREATE TABLE orders AS SELECT i AS id, 'customer ' || i % 9973 AS customer, (i % 7)::int AS status,"
                        + " (i % 100000 / 100.0)::numeric(12,2) AS amount, (i % 19)::numeric(4,2) AS tax, i % 3 = 0 AS"
                        + " paid, date '2020-01-01' + (i % 2000)::int AS day, timestamp '2020-01-01' + i * interval"
                        + " '1.000003 seconds' AS at, md5(i::text) AS token, i * 7919 % 1000003 AS product"
                        + " FROM generate_series(0::bigint, " + (ROWS - 1) + ") AS i",
                "ALTER TABLE orders ADD PRIMARY KEY (id)",
                "VACUUM (FREEZE, ANALYZE) orders");
        within(project, folder, (session, source, state) -> {
            RowSource rows = source.rows(ORDERS, state, null, List.of());
            String catalog = session.attach(folder.resolve("warehouse.duckdb"), "warehouse", false);
            session.sql()
                    .execute("CREATE TABLE " + catalog + ".orders AS "
                            + session.stream((RowSource.Parallel) rows).sql());
        });
    }

    private interface Opened {
        void run(DuckDbSession session, Source source, SourceState state);
    }

    /** With an engine of its own and the server's table looked at. */
    private void within(Project project, Path folder, Opened work) throws IOException {
        Path staging = Files.createTempDirectory(folder, "staging");
        try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, staging.resolve("tmp"));
                DuckDbSession session = (DuckDbSession) engine.session("bench", staging, new Cancellation());
                Source source = new PostgresConnector()
                        .openSource(Objects.requireNonNull(project.connections().get("shop")), session)
                        .orElseThrow()) {
            work.run(session, source, source.observe(ORDERS, null));
        }
    }

    private void scan(Project project, Path folder, boolean there) throws IOException {
        within(project, folder, (session, source, state) -> {
            RowHashing hashing = new PairColumns(REQUEST, state.schema(), state.schema(), Set.of())
                    .pair(List.<KnownKey>of())
                    .hashingA(BucketCount.of(ROWS, ROWS));
            if (there) {
                Objects.requireNonNull(source.hashing()).buckets(ORDERS, hashing, new Cancellation());
            } else {
                String catalog = session.attach(folder.resolve("warehouse.duckdb"), "warehouse", true);
                Relation rows = session.relation("SELECT * FROM " + catalog + ".orders");
                session.comparison().buckets(rows, hashing);
            }
        });
    }

    private DiffResult compare(Project project) {
        Setup setup = new Setup(new Connectors(connectors), new DuckDbEngineFactory(), Clock.systemUTC(), "bench");
        try (Workbench bench = new Workbench(setup, project, new Cancellation())) {
            return new DiffTables(bench, new AcrossEnvironments(project, environment -> project)).run(REQUEST);
        }
    }

    private static void expect(DiffResult result, int different) {
        if (result.different() != different || result.equal() != ROWS - different) {
            throw new IllegalStateException(result.different() + " rows differ, " + different + " expected");
        }
    }

    private static void change(TestDatabase shop, int amount) {
        shop.run(
                "UPDATE orders SET amount = amount + " + amount + " WHERE id IN (SELECT i * " + ROWS / CHANGED
                        + " + i * 37 % " + ROWS / CHANGED + " FROM generate_series(0, " + (CHANGED - 1) + ") AS i)",
                "VACUUM orders");
    }

    private static boolean print(PrintStream out, List<Round> rounds) {
        double server = median(rounds, round -> round.server().wall());
        double engine = median(rounds, round -> round.engine().wall());
        out.printf(
                Locale.ROOT,
                "hash scan of %,d rows of ten columns: PostgreSQL %.2f s, DuckDB %.2f s%n",
                ROWS,
                server,
                engine);
        boolean equal = print(out, "equal", rounds, Round::equal, EQUAL_BAR);
        return print(out, CHANGED + " differences", rounds, Round::changed, CHANGED_BAR) & equal;
    }

    /** Pairs of one round: what else the machine does is in both. */
    private static boolean print(
            PrintStream out,
            String what,
            List<Round> rounds,
            java.util.function.Function<Round, Timing> timing,
            double bar) {
        double times = median(rounds, round -> timing.apply(round).wall() / round.scan());
        double cpu = median(
                rounds,
                round -> timing.apply(round).cpu()
                        / (round.server().cpu() + round.engine().cpu()));
        out.printf(
                Locale.ROOT,
                "hw diff of %,d rows, %-17s %6.2f s: %.2f x the slower side's hash scan (bar %.1f), %.2f x the processor"
                        + " time of both: %s%n",
                ROWS,
                what,
                median(rounds, round -> timing.apply(round).wall()),
                times,
                bar,
                cpu,
                Benchmarks.verdict(times <= bar));
        return times <= bar;
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return rounds.stream()
                .mapToDouble(figure)
                .sorted()
                .skip(rounds.size() / 2)
                .findFirst()
                .orElseThrow();
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
}
