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
import io.headworks.api.source.Extract;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.target.LoadTransaction;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A table like TPC-H's lineitem from PostgreSQL into a DuckDB file and into Parquet, against the floor: the processor time
 * of draining two binary COPY streams to nowhere, plus DuckDB's own insert from a table of its own, over the processors.
 * Processor time counts this process and the server's.
 */
public final class PostgresBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 3);
    private static final long ROWS = Long.getLong("headworks.bench.rows", 6_000_000);
    private static final double BAR = 0.8;
    private static final TableName TABLE = new TableName(null, "lineitem");
    private static final LedgerKey KEY = new LedgerKey("bench", "dev", "", "lineitem", "warehouse:lineitem");
    private static final Extract EXTRACT = new Extract(new Extract.Reading.Table(TABLE), List.of(), null, null, null);

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Work with what it takes. */
    private interface Work {
        void run() throws IOException, SQLException;
    }

    private record Timing(double wall, double own, double server) {
        double cpu() {
            return own + server;
        }
    }

    boolean run(PrintStream out) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("headworks-bench");
        try (TestPostgres server =
                        TestPostgres.start("shared_buffers=1500MB", "max_wal_size=8GB", "autovacuum=off", "jit=off");
                TestDatabase database = server.newDatabase()) {
            database.run(Lineitem.table(ROWS), "VACUUM (FREEZE, ANALYZE) lineitem");
            return race(out, folder, new ServerTime(server), database);
        } finally {
            Folders.remove(folder);
        }
    }

    private boolean race(PrintStream out, Path folder, ServerTime time, TestDatabase database)
            throws IOException, SQLException {
        try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("tmp"));
                DuckDbSession session = (DuckDbSession) engine.session("postgres", folder, new Cancellation());
                DuckDbTarget target = DuckDbTarget.open(session, folder.resolve("w.duckdb"), "warehouse")) {
            Fence fence = target.takeFence(KEY, TABLE, "run", Instant.EPOCH);
            fill(session, database, "warehouse.main.native");
            session.sql().execute("CREATE TABLE warehouse.main.lineitem AS FROM warehouse.main.native LIMIT 0");
            session.sql().execute("ALTER TABLE warehouse.main.lineitem ADD COLUMN _hw_run BIGINT");
            session.sql().execute("ALTER TABLE warehouse.main.lineitem ADD COLUMN _hw_loaded_at TIMESTAMPTZ");
            session.sql().execute("CHECKPOINT warehouse");
            Timing drain = median(time, () -> new DrainedStreams(database).run("lineitem"));
            Timing insert = median(time, () -> {
                session.sql().execute("CREATE TABLE warehouse.main.beside AS FROM warehouse.main.native");
                session.sql().execute("DROP TABLE warehouse.main.beside");
            });
            Timing load = median(time, () -> load(session, target, fence, database));
            Path parquet = folder.resolve("lineitem.parquet");
            Timing files = median(
                    time,
                    () -> stream(
                            session,
                            database,
                            select -> session.sql()
                                    .execute("COPY (" + select + ") TO '" + parquet
                                            + "' (FORMAT parquet, COMPRESSION zstd)")));
            int cores = Runtime.getRuntime().availableProcessors();
            double floor = (drain.cpu() + insert.cpu()) / cores;
            print(out, "two COPY streams to nowhere", drain);
            print(out, "insert from a table of DuckDB's", insert);
            out.printf(Locale.ROOT, "floor over %d cores: %.1f s, %.0f rows/s%n", cores, floor, ROWS / floor);
            boolean loaded = verdict(out, "PostgreSQL to DuckDB, ledgered load", load, floor);
            return verdict(out, "PostgreSQL to a Parquet file, streams", files, floor) & loaded;
        }
    }

    private static boolean verdict(PrintStream out, String what, Timing timing, double floor) {
        double reached = floor / timing.wall();
        print(out, what, timing);
        out.printf(
                Locale.ROOT,
                "%-38s %.2f of the floor by wall, %.2f by processor time (bar %.1f): %s%n",
                "",
                reached,
                floor * Runtime.getRuntime().availableProcessors() / timing.cpu(),
                BAR,
                Benchmarks.verdict(reached >= BAR));
        return reached >= BAR;
    }

    private static void print(PrintStream out, String what, Timing timing) {
        out.printf(
                Locale.ROOT,
                "%-38s %6.1f s  %8.0f rows/s  CPU %5.1f s here, %5.1f s server%n",
                what,
                timing.wall(),
                ROWS / timing.wall(),
                timing.own(),
                timing.server());
    }

    /** Reads by a SELECT over streams. */
    private interface Reading {
        void of(String select);
    }

    private static void stream(DuckDbSession session, TestDatabase database, Reading reading) {
        try (Source source = source(database, session)) {
            SourceState state = source.observe(EXTRACT, null);
            RowSource.Parallel rows = (RowSource.Parallel) source.rows(EXTRACT, state, null, List.of());
            reading.of(session.stream(rows).sql());
        }
    }

    private static void fill(DuckDbSession session, TestDatabase database, String table) {
        stream(session, database, select -> session.sql().execute("CREATE TABLE " + table + " AS " + select));
    }

    private static Source source(TestDatabase database, DuckDbSession session) {
        return new PostgresConnector()
                .openSource(Connections.of("postgresql", database), session)
                .orElseThrow();
    }

    private static void load(DuckDbSession session, DuckDbTarget target, Fence fence, TestDatabase database) {
        Load load = new Load(
                TABLE,
                Strategy.APPEND,
                List.of(),
                List.of(),
                Load.Deletes.IGNORE,
                "is_deleted",
                null,
                List.of(),
                Load.SchemaPolicy.EVOLVE,
                Load.Breaker.NONE,
                Load.AuditColumns.DEFAULT,
                null,
                null);
        try (Source source = source(database, session);
                LoadTransaction transaction = target.begin(fence, TABLE)) {
            SourceState state = source.observe(EXTRACT, null);
            RowSource.Parallel rows = (RowSource.Parallel) source.rows(EXTRACT, state, null, List.of());
            Relation batch = session.stream(rows);
            LoadCounts counts = transaction.apply(new LoadRequest(
                    load, batch, false, BatchKind.SNAPSHOT, null, 2, Instant.parse("2026-06-01T00:00:00Z")));
            if (counts.inserted() != ROWS) {
                throw new IllegalStateException("every row should be written: " + counts);
            }
        }
    }

    private Timing median(ServerTime server, Work work) throws IOException, SQLException {
        List<Timing> timings = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            double serverBefore = server.seconds();
            long own = machine.getProcessCpuTime();
            long wall = System.nanoTime();
            work.run();
            double seconds = (System.nanoTime() - wall) / 1e9;
            double here = (machine.getProcessCpuTime() - own) / 1e9;
            Timing timing = new Timing(seconds, here, server.seconds() - serverBefore);
            if (round > 0) {
                timings.add(timing);
            }
        }
        timings.sort(Comparator.comparingDouble(Timing::wall));
        return timings.get(ROUNDS / 2);
    }
}
