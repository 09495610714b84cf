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
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.mysql.MysqlConnector;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.target.DuckDbTarget;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A table like TPC-H's lineitem from MariaDB into a DuckDB file and back into MariaDB, each beside its floor: the driver
 * that walks over the rows of the same SELECT and looks at none, plus DuckDB's insert from a table of its own; and LOAD DATA
 * of a prepared file that the server reads itself. Rounds are paired: each takes every measure once.
 */
final class MysqlBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 3);
    private static final long ROWS = Long.getLong("headworks.bench.rows", 1_000_000);
    private static final TableName TABLE = new TableName(null, "lineitem");
    private static final LedgerKey KEY = new LedgerKey("bench", "dev", "", "lineitem", "lineitem");
    private static final Load LOAD = new Load(
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
    private static final Extract EXTRACT = new Extract(new Extract.Reading.Table(TABLE), List.of(), null, null, null);
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private int loads;

    /** Work that is measured. */
    private interface Work {
        void run() throws IOException, SQLException;
    }

    private record Measure(String name, Work work, List<double[]> timings) {
        Measure(String name, Work work) {
            this(name, work, new ArrayList<>());
        }

        /** Wall, processor time here, processor time of the server: those of the round in the middle. */
        double[] median() {
            List<double[]> sorted = new ArrayList<>(timings);
            sorted.sort(Comparator.comparingDouble(timing -> timing[1] + timing[2]));
            return sorted.get(sorted.size() / 2);
        }

        double cpu() {
            return median()[1] + median()[2];
        }
    }

    boolean run(PrintStream out) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("headworks-bench");
        try (TestMariaDb server =
                        TestMariaDb.start("innodb-buffer-pool-size=1G", "innodb-log-file-size=1G", "local-infile=0");
                TestDatabase database = server.newDatabase();
                Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("tmp"));
                DuckDbSession session = (DuckDbSession) engine.session("mysql", folder, new Cancellation());
                DuckDbTarget warehouse = DuckDbTarget.open(session, folder.resolve("w.duckdb"), "warehouse");
                Target back = new MysqlConnector()
                        .openTarget(Connections.of("mysql", database), session)
                        .orElseThrow()) {
            database.run(Lineitem.inMariaDb(ROWS), "ANALYZE TABLE lineitem");
            database.run("SELECT * FROM lineitem INTO OUTFILE '../lineitem.txt'");
            database.run("CREATE TABLE beside LIKE lineitem");
            load(session, warehouse, database);
            session.sql()
                    .execute("CREATE TABLE warehouse.main.native AS SELECT * EXCLUDE (_hw_run, _hw_loaded_at)"
                            + " FROM warehouse.main.lineitem");
            Relation kept = session.materialise("native", warehouse.read(new TableName(null, "native")));
            List<Measure> measures = List.of(
                    new Measure("the driver walks over the rows", () -> walk(database)),
                    new Measure("DuckDB's insert of a table of its own", () -> insert(session)),
                    new Measure("MariaDB to DuckDB, ledgered", () -> load(session, warehouse, database)),
                    new Measure("LOAD DATA of a prepared file", () -> prepared(database)),
                    new Measure("DuckDB to MariaDB, ledgered", () -> back(kept, database, back)));
            ServerTime time = new ServerTime(server.pid());
            for (int round = 0; round < ROUNDS; round++) {
                for (Measure measure : measures) {
                    measure.timings().add(timed(time, measure.work()));
                }
            }
            measures.forEach(measure -> print(out, measure));
            double reading = measures.get(0).cpu() + measures.get(1).cpu();
            out.printf(
                    Locale.ROOT,
                    "reading: %.2f of its floor by processor time%n",
                    reading / measures.get(2).cpu());
            out.printf(
                    Locale.ROOT,
                    "writing: %.2f of its floor by processor time%n",
                    measures.get(3).cpu() / measures.get(4).cpu());
            return true;
        } finally {
            Folders.remove(folder);
        }
    }

    private double[] timed(ServerTime server, Work work) throws IOException, SQLException {
        double serverBefore = server.seconds();
        long own = machine.getProcessCpuTime();
        long wall = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - wall) / 1e9;
        double here = (machine.getProcessCpuTime() - own) / 1e9;
        return new double[] {seconds, here, server.seconds() - serverBefore};
    }

    private static void print(PrintStream out, Measure measure) {
        double[] median = measure.median();
        out.printf(
                Locale.ROOT,
                "%-38s %6.1f s  %8.0f rows/s  CPU %5.1f s here, %5.1f s server%n",
                measure.name(),
                median[0],
                ROWS / median[0],
                median[1],
                median[2]);
    }

    private static void walk(TestDatabase database) throws SQLException {
        try (java.sql.Connection connection =
                        DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(128);
            try (ResultSet rows = statement.executeQuery("SELECT * FROM lineitem")) {
                long count = 0;
                while (rows.next()) {
                    count++;
                }
                expect(count);
            }
        }
    }

    private static void insert(DuckDbSession session) {
        session.sql().execute("CREATE TABLE warehouse.main.beside AS FROM warehouse.main.native");
        session.sql().execute("DROP TABLE warehouse.main.beside");
    }

    private static void prepared(TestDatabase database) {
        database.run("TRUNCATE TABLE beside", "LOAD DATA INFILE '../lineitem.txt' INTO TABLE beside");
    }

    private void load(DuckDbSession session, Target target, TestDatabase database) {
        session.sql().execute("DROP TABLE IF EXISTS warehouse.main.lineitem");
        try (Source source = new MysqlConnector()
                .openSource(Connections.of("mysql", database), session)
                .orElseThrow()) {
            SourceState state = source.observe(EXTRACT, null);
            ledgered(target, session.stream((RowSource.Parallel) source.rows(EXTRACT, state, null, List.of())));
        }
    }

    private void back(Relation rows, TestDatabase database, Target target) {
        database.run("RENAME TABLE lineitem TO kept");
        try {
            ledgered(target, rows);
        } finally {
            database.run("DROP TABLE IF EXISTS lineitem", "RENAME TABLE kept TO lineitem");
        }
    }

    private void ledgered(Target target, Relation batch) {
        Fence fence = target.takeFence(KEY, TABLE, "run" + ++loads, NOW);
        List<Field> fields = new ArrayList<>(batch.schema().fields());
        fields.add(new Field("_hw_run", DataType.BIGINT));
        fields.add(new Field("_hw_loaded_at", DataType.TIMESTAMPTZ));
        try (LoadTransaction transaction = target.begin(fence, TABLE)) {
            transaction.change(List.of(new SchemaChange.CreateTable(new Schema(fields))));
            LoadCounts counts =
                    transaction.apply(new LoadRequest(LOAD, batch, true, BatchKind.SNAPSHOT, null, loads, NOW));
            expect(counts.inserted());
            transaction.record(row(fence, counts));
            transaction.commit();
        }
        target.committed(KEY, fence.runId(), 1).orElseThrow();
    }

    private LedgerRow row(Fence fence, LoadCounts counts) {
        return new LedgerRow(
                LedgerRow.VERSION,
                KEY,
                fence.runId(),
                loads,
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

    private static void expect(long rows) {
        if (rows != ROWS) {
            throw new IllegalStateException("every row should be there: " + rows + " of " + ROWS);
        }
    }
}
