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
import io.headworks.api.target.Target;
import io.headworks.connector.postgres.PostgresConnector;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.postgresql.PGConnection;

/**
 * One row in a hundred changed, nine of ten of them updates, into an indexed PostgreSQL table of 10 M rows: our upsert
 * against COPY into a temporary table with one hand-written MERGE, and against INSERT … ON CONFLICT row by row. Each is
 * rolled back and the table vacuumed before the next.
 */
final class PostgresMergeBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 3);
    private static final long ROWS = Long.getLong("headworks.bench.rows", 10_000_000);
    private static final long CHANGES = ROWS / 100;
    private static final double OVER_MERGE = 1.5;
    private static final double UNDER_ROWS = 10;
    private static final TableName TABLE = new TableName(null, "orders");
    private static final LedgerKey KEY = new LedgerKey("bench", "dev", "", "orders", "warehouse:orders");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final String COLUMNS = "id, customer, name, amount, day, updated_at";
    private static final String CHANGED = "SELECT CASE WHEN i % 10 = 0 THEN " + ROWS
            + " + i ELSE i * 100 + i % 100 END AS id, i AS customer, 'changed' AS name, (i / 100.0)::numeric(18,2) AS amount,"
            + " date '2026-06-01' AS day, timestamp '2026-06-01' AS updated_at FROM generate_series(0::bigint, "
            + (CHANGES - 1) + ") AS i";

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final TestDatabase database;
    private final ServerTime time;

    private PostgresMergeBench(TestDatabase database, ServerTime time) {
        this.database = database;
        this.time = time;
    }

    private interface Work {
        void run() throws IOException, SQLException;
    }

    private record Timing(double wall, double cpu) {}

    static boolean run(PrintStream out) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("headworks-bench");
        try (TestPostgres server =
                        TestPostgres.start("shared_buffers=2GB", "max_wal_size=8GB", "autovacuum=off", "jit=off");
                TestDatabase database = server.newDatabase();
                Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("tmp"));
                DuckDbSession session = (DuckDbSession) engine.session("merge", folder, new Cancellation())) {
            return new PostgresMergeBench(database, new ServerTime(server)).race(session, out);
        } finally {
            Folders.remove(folder);
        }
    }

    private boolean race(DuckDbSession session, PrintStream out) throws IOException, SQLException {
        database.run(
                "CREATE TABLE orders AS SELECT i AS id, i AS customer, 'name ' || i % 5000000 AS name,"
                        + " (i % 100000 / 100.0)::numeric(18,2) AS amount, date '2020-01-01' + (i % 2000)::int AS day,"
                        + " timestamp '2025-01-01' + i % 1000000 * interval '1 second' AS updated_at, 1::bigint AS _hw_run,"
                        + " timestamptz '2026-01-01Z' AS _hw_loaded_at FROM generate_series(0::bigint, " + (ROWS - 1)
                        + ") AS i",
                "CREATE UNIQUE INDEX ON orders (id)",
                "CREATE TABLE changed AS " + CHANGED,
                "VACUUM (FREEZE, ANALYZE)");
        Relation batch = session.materialise("changes", session.relation(inEngine()));
        List<Timing> byRow = new ArrayList<>();
        List<Timing> merges = new ArrayList<>();
        List<Timing> ours = new ArrayList<>();
        byte[] text = copied();
        try (Target target = new PostgresConnector()
                .openTarget(Connections.of("postgresql", database), session)
                .orElseThrow()) {
            Fence fence = target.takeFence(KEY, TABLE, "run", NOW);
            for (int round = 0; round <= ROUNDS; round++) {
                byRow.add(measured(() -> rowByRow(text)));
                merges.add(measured(() -> merge(text)));
                ours.add(measured(() -> upsert(target, fence, batch)));
            }
        }
        return print(out, median(byRow), median(merges), median(ours));
    }

    /** The same rows as {@link #CHANGED}. */
    private static String inEngine() {
        return "SELECT CASE WHEN i % 10 = 0 THEN " + ROWS + " + i ELSE i * 100 + i % 100 END AS id, i AS customer,"
                + " 'changed' AS name, CAST(i / 100.0 AS DECIMAL(18, 2)) AS amount, DATE '2026-06-01' AS day,"
                + " TIMESTAMP '2026-06-01' AS updated_at FROM range(" + CHANGES + ") AS r(i)";
    }

    private byte[] copied() throws IOException, SQLException {
        try (Connection connection = database.connect();
                ByteArrayOutputStream rows = new ByteArrayOutputStream()) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY changed TO STDOUT", rows);
            return rows.toByteArray();
        }
    }

    private void rowByRow(byte[] text) throws SQLException {
        List<String[]> rows = new String(text, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t"))
                .toList();
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO orders VALUES (?::bigint, ?::bigint, ?, ?::numeric, ?::date, ?::timestamp, 2, now())"
                            + " ON CONFLICT (id) DO UPDATE SET customer = excluded.customer, name = excluded.name,"
                            + " amount = excluded.amount, day = excluded.day, updated_at = excluded.updated_at,"
                            + " _hw_run = excluded._hw_run, _hw_loaded_at = excluded._hw_loaded_at")) {
                for (String[] row : rows) {
                    for (int i = 0; i < row.length; i++) {
                        insert.setString(i + 1, row[i]);
                    }
                    insert.executeUpdate();
                }
            }
            connection.rollback();
        }
    }

    private void merge(byte[] text) throws IOException, SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TEMPORARY TABLE batch (LIKE changed) ON COMMIT DROP");
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY batch FROM STDIN", new ByteArrayInputStream(text));
            statement.execute("ANALYZE batch");
            int written = statement.executeUpdate(
                    "MERGE INTO orders AS t USING batch AS b ON t.id = b.id"
                            + " WHEN MATCHED THEN UPDATE SET customer = b.customer, name = b.name, amount = b.amount, day = b.day,"
                            + " updated_at = b.updated_at, _hw_run = 2, _hw_loaded_at = now()"
                            + " WHEN NOT MATCHED THEN INSERT VALUES (b.id, b.customer, b.name, b.amount, b.day, b.updated_at, 2, now())");
            expect(written);
            connection.rollback();
        }
    }

    private void upsert(Target target, Fence fence, Relation batch) {
        Load load = new Load(
                TABLE,
                Strategy.UPSERT,
                List.of("id"),
                List.of("updated_at"),
                Load.Deletes.IGNORE,
                "is_deleted",
                null,
                List.of(),
                Load.SchemaPolicy.EVOLVE,
                Load.Breaker.NONE,
                Load.AuditColumns.DEFAULT,
                null,
                null);
        try (LoadTransaction transaction = target.begin(fence, TABLE)) {
            LoadCounts counts = transaction.apply(new LoadRequest(load, batch, true, BatchKind.DELTA, null, 2, NOW));
            expect(counts.inserted() + counts.updated());
        }
    }

    private static void expect(long written) {
        if (written != CHANGES) {
            throw new IllegalStateException(written + " rows were written, " + CHANGES + " expected");
        }
    }

    private Timing measured(Work work) throws IOException, SQLException {
        database.run("VACUUM (ANALYZE) orders", "CHECKPOINT");
        double server = time.seconds();
        long own = machine.getProcessCpuTime();
        long wall = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - wall) / 1e9;
        double here = (machine.getProcessCpuTime() - own) / 1e9;
        return new Timing(seconds, here + time.seconds() - server);
    }

    /** Of all but the first, which warms the caches. */
    private static Timing median(List<Timing> timings) {
        List<Timing> warm = new ArrayList<>(timings.subList(1, timings.size()));
        warm.sort(Comparator.comparingDouble(Timing::wall));
        return warm.get(warm.size() / 2);
    }

    private static boolean print(PrintStream out, Timing byRow, Timing merge, Timing ours) {
        line(out, "INSERT … ON CONFLICT row by row", byRow);
        line(out, "COPY and one MERGE, by hand", merge);
        line(out, "upsert", ours);
        boolean met = ours.wall() <= OVER_MERGE * merge.wall() && byRow.wall() >= UNDER_ROWS * ours.wall();
        out.printf(
                Locale.ROOT,
                "%,d changes into %,d rows: %.2f x COPY and MERGE (limit %.1f x), row by row takes %.1f x (bar %.0f x): %s%n",
                CHANGES,
                ROWS,
                ours.wall() / merge.wall(),
                OVER_MERGE,
                byRow.wall() / ours.wall(),
                UNDER_ROWS,
                Benchmarks.verdict(met));
        return met;
    }

    private static void line(PrintStream out, String what, Timing timing) {
        out.printf(Locale.ROOT, "%-34s %7.2f s  CPU %7.2f s%n", what, timing.wall(), timing.cpu());
    }
}
