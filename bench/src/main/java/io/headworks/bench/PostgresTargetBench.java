package io.headworks.bench;

import com.sun.management.OperatingSystemMXBean;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Frames;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.postgres.PostgresConnector;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * First loads of a logged table without index, with fence, hash, ledger row and read-back: from PostgreSQL against a binary
 * COPY out piped into a binary COPY in, from DuckDB and Parquet against COPY FROM a prepared file that a client sends. The
 * last pair, without a bar, is a file that the server reads by itself. Each round runs both, one after the other.
 */
public final class PostgresTargetBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 3);
    private static final long ROWS = Long.getLong("headworks.bench.rows", 6_000_000);
    private static final TableName LINES = new TableName(null, "lineitem");
    private static final TableName COPY = new TableName(null, "copied");
    private static final LedgerKey KEY = new LedgerKey("bench", "dev", "", "lineitem", "warehouse:copied");
    private static final Extract EXTRACT = new Extract(new Extract.Reading.Table(LINES), List.of(), null, null, null);
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Load LOAD = new Load(
            COPY,
            Strategy.TRUNCATE_RELOAD,
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

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final PrintStream out;
    private final Path folder;
    private final ServerTime time;
    private final TestDatabase database;
    private int runs;

    private PostgresTargetBench(PrintStream out, Path folder, ServerTime time, TestDatabase database) {
        this.out = out;
        this.folder = folder;
        this.time = time;
        this.database = database;
    }

    private interface Work {
        void run() throws IOException, SQLException;
    }

    private record Timing(double wall, double own, double server) {
        double cpu() {
            return own + server;
        }
    }

    static boolean run(PrintStream out) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("headworks-bench");
        folder.toFile().setExecutable(true, false);
        folder.toFile().setReadable(true, false);
        try (TestPostgres server =
                        TestPostgres.start("shared_buffers=1500MB", "max_wal_size=8GB", "autovacuum=off", "jit=off");
                TestDatabase database = server.newDatabase()) {
            database.run(Lineitem.table(ROWS), "VACUUM (FREEZE, ANALYZE) lineitem");
            return new PostgresTargetBench(out, folder, new ServerTime(server), database).race();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private boolean race() throws IOException, SQLException {
        try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("tmp"));
                DuckDbSession session = (DuckDbSession) engine.session("postgres", folder, new Cancellation())) {
            Relation kept = session.materialise("lineitem", stream(session));
            Path parquet = folder.resolve("lineitem.parquet");
            session.sql().execute("COPY (" + kept.sql() + ") TO '" + parquet + "' (FORMAT parquet, COMPRESSION zstd)");
            Relation file = new Relation("SELECT * FROM read_parquet('" + parquet + "')", kept.schema(), List.of());
            Path prepared = folder.resolve("lineitem.bin");
            prepare(prepared);
            boolean passed =
                    pair("COPY piped into COPY", this::pipe, "PostgreSQL, undecoded", 0.9, () -> pass(session));
            Work floor = () -> send(prepared);
            boolean table = pair("COPY FROM a sent file", floor, "a table of DuckDB's", 1.0, () -> load(session, kept));
            boolean files = pair("COPY FROM a sent file", floor, "a Parquet file", 1.0, () -> load(session, file));
            Work local = () -> database.run("COPY copied FROM '" + prepared + "' (FORMAT binary)");
            pair("COPY FROM its own file", local, "a table of DuckDB's", 0, () -> load(session, kept));
            return passed & table & files;
        }
    }

    private Relation stream(DuckDbSession session) {
        Source source = new PostgresConnector()
                .openSource(Connections.of("postgresql", database), session)
                .orElseThrow();
        SourceState state = source.observe(EXTRACT, null);
        return session.stream((RowSource.Parallel) source.rows(EXTRACT, state, null, List.of()));
    }

    private void prepare(Path file) throws IOException, SQLException {
        try (java.sql.Connection connection = database.connect();
                var stream = Files.newOutputStream(file)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY lineitem TO STDOUT (FORMAT binary)", stream);
        }
        file.toFile().setReadable(true, false);
    }

    private void send(Path file) throws IOException, SQLException {
        try (java.sql.Connection connection = database.connect();
                var stream = Files.newInputStream(file)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY copied FROM STDIN (FORMAT binary)", stream, 1 << 17);
        }
    }

    /** As psql would: what one server's process sends is what the other is given. */
    private void pipe() throws SQLException {
        try (java.sql.Connection from = database.connect();
                java.sql.Connection to = database.connect()) {
            CopyOut source =
                    from.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY lineitem TO STDOUT (FORMAT binary)");
            CopyIn target = to.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY copied FROM STDIN (FORMAT binary)");
            for (byte[] row = source.readFromCopy(); row != null; row = source.readFromCopy()) {
                target.writeToCopy(row, 0, row.length);
            }
            if (target.endCopy() != ROWS) {
                throw new IllegalStateException("every row should be written");
            }
        }
    }

    private void pass(DuckDbSession session) {
        try (Source source = new PostgresConnector()
                .openSource(Connections.of("postgresql", database), session)
                .orElseThrow()) {
            SourceState state = source.observe(EXTRACT, null);
            load(session, session.empty(state.schema()), source.frames(EXTRACT, state));
        }
    }

    private void load(DuckDbSession session, Relation batch) {
        load(session, batch, null);
    }

    private void load(DuckDbSession session, Relation batch, @Nullable Frames frames) {
        try (Target target = new PostgresConnector()
                .openTarget(Connections.of("postgresql", database), session)
                .orElseThrow()) {
            Fence fence = target.takeFence(KEY, COPY, "run" + ++runs, NOW);
            List<Field> fields = new ArrayList<>(batch.schema().fields());
            fields.add(new Field("_hw_run", DataType.BIGINT));
            fields.add(new Field("_hw_loaded_at", DataType.TIMESTAMPTZ));
            try (LoadTransaction transaction = target.begin(fence, COPY)) {
                transaction.change(List.of(new SchemaChange.CreateTable(new Schema(fields))));
                LoadCounts counts = transaction.apply(
                        new LoadRequest(LOAD, batch, true, frames, BatchKind.SNAPSHOT, null, runs, NOW, true));
                if (counts.inserted() != ROWS) {
                    throw new IllegalStateException("every row should be written: " + counts);
                }
                transaction.record(row(fence, counts));
                transaction.commit();
            }
            target.committed(KEY, fence.runId(), 1).orElseThrow();
        }
    }

    private LedgerRow row(Fence fence, LoadCounts counts) {
        return new LedgerRow(
                LedgerRow.VERSION,
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
                "bench",
                "schema",
                "plan",
                counts.inserted(),
                0,
                0,
                0,
                0,
                counts.hashAlgorithm(),
                counts.contentHash(),
                "bench",
                NOW);
    }

    private boolean pair(String floorName, Work floor, String name, double bar, Work load)
            throws IOException, SQLException {
        List<Timing> floors = new ArrayList<>();
        List<Timing> loads = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            database.run("DROP TABLE IF EXISTS copied", "CREATE TABLE copied (LIKE lineitem)", "CHECKPOINT");
            Timing least = measured(floor);
            database.run("DROP TABLE IF EXISTS copied", "CHECKPOINT");
            Timing ours = measured(load);
            if (round > 0) {
                floors.add(least);
                loads.add(ours);
            }
        }
        Timing least = median(floors);
        Timing ours = median(loads);
        print(floorName, least);
        print(name, ours);
        double reached = least.wall() / ours.wall();
        out.printf(
                Locale.ROOT,
                "%-26s %.2f of the rows per second, %.2f of the rows per processor second (bar %.1f): %s%n",
                "",
                reached,
                least.cpu() / ours.cpu(),
                bar,
                Benchmarks.verdict(reached >= bar));
        return reached >= bar;
    }

    private Timing measured(Work work) throws IOException, SQLException {
        double serverBefore = time.seconds();
        long own = machine.getProcessCpuTime();
        long wall = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - wall) / 1e9;
        double here = (machine.getProcessCpuTime() - own) / 1e9;
        return new Timing(seconds, here, time.seconds() - serverBefore);
    }

    private static Timing median(List<Timing> timings) {
        timings.sort(Comparator.comparingDouble(Timing::wall));
        return timings.get(timings.size() / 2);
    }

    private void print(String what, Timing timing) {
        out.printf(
                Locale.ROOT,
                "%-26s %6.1f s  %8.0f rows/s  CPU %5.1f s here, %5.1f s server%n",
                what,
                timing.wall(),
                ROWS / timing.wall(),
                timing.own(),
                timing.server());
    }
}
