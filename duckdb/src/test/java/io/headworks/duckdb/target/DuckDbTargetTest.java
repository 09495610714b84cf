package io.headworks.duckdb.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
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
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.TargetState;
import io.headworks.api.target.WorkTables;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is DuckDB's own; what every target must do is in {@link DuckDbTargetContractTest}. */
class DuckDbTargetTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final LedgerKey KEY = new LedgerKey("p", "dev", "", "orders", "warehouse:orders");
    private static final TableName ORDERS = TableName.parse("orders");

    @TempDir
    Path folder;

    private Engine engine;
    private DuckDbSession session;
    private DuckDbTarget target;

    @BeforeEach
    void open() throws Exception {
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("temporary"));
        session = (DuckDbSession)
                engine.session("run", Files.createDirectories(folder.resolve("run")), new Cancellation());
        target = DuckDbTarget.open(session, file(), "warehouse");
    }

    @AfterEach
    void close() {
        target.close();
        session.close();
        engine.close();
    }

    private Path file() {
        return folder.resolve("data/warehouse.duckdb");
    }

    @Test
    void looksAtAMissingFileWithoutCreatingIt() {
        TargetState state = target.observe(KEY, ORDERS);
        assertThat(state).isEqualTo(new TargetState(null, null, null, 0, List.of()));
        assertThat(target.tables()).isEmpty();
        assertThat(file()).doesNotExist();
    }

    @Test
    void appendsTwiceAndReadsTheLedgerBack() {
        run(1, Strategy.APPEND, "SELECT range AS id, 'a' AS name FROM range(3)");
        run(2, Strategy.APPEND, "SELECT range AS id, 'b' AS name FROM range(2)");
        assertThat(rows("SELECT id, name, _hw_run FROM warehouse.orders ORDER BY ALL"))
                .containsExactly("0 a 1", "0 b 2", "1 a 1", "1 b 2", "2 a 1");
        TargetState state = target.observe(KEY, ORDERS);
        assertThat(state.lastRunNumber()).isEqualTo(2);
        assertThat(state.rows()).isEqualTo(5);
    }

    @Test
    void replacesATableBesideItAndItsViewsSurvive() {
        run(1, Strategy.TRUNCATE_RELOAD, "SELECT range AS id, 'a' AS name FROM range(3)");
        session.sql().execute("CREATE VIEW warehouse.main.counted AS SELECT count(*) AS n FROM warehouse.orders");
        LoadCounts counts = run(2, Strategy.TRUNCATE_RELOAD, "SELECT range AS id, 'b' AS name FROM range(2)");
        assertThat(counts.inserted()).isEqualTo(2);
        assertThat(counts.deleted()).isEqualTo(3);
        assertThat(rows("SELECT * FROM warehouse.counted")).containsExactly("2");
        assertThat(target.tables()).containsExactly(TableName.parse("counted"), ORDERS);
    }

    @Test
    void fillsATableWithAnIndexInPlace() {
        run(1, Strategy.TRUNCATE_RELOAD, "SELECT range AS id, 'a' AS name FROM range(3)");
        session.sql().execute("CREATE INDEX by_id ON warehouse.orders(id)");
        run(2, Strategy.TRUNCATE_RELOAD, "SELECT range AS id, 'b' AS name FROM range(2)");
        assertThat(rows("SELECT id, name FROM warehouse.orders ORDER BY ALL")).containsExactly("0 b", "1 b");
        assertThat(rows("SELECT index_name FROM duckdb_indexes() WHERE table_name = 'orders'"))
                .containsExactly("by_id");
    }

    @Test
    void aStatementThatFailedOutsideTheTransactionTypeKeepsCommitFromSucceeding() {
        Fence fence = target.takeFence(KEY, ORDERS, "run-1", NOW);
        try (LoadTransaction load = target.begin(fence, ORDERS)) {
            load.change(List.of(new SchemaChange.CreateTable(new Schema(List.of(new Field("id", DataType.BIGINT))))));
            LoadCounts counts = load.apply(request(1, Strategy.APPEND, "SELECT 1::BIGINT AS id"));
            load.record(ledgerRow(1, fence, counts));
            assertThatThrownBy(() -> session.sql().execute("SELECT nonsense")).isInstanceOf(HeadworksException.class);
            assertThatThrownBy(load::commit)
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageContaining("aborted");
        }
        assertThat(target.tables()).isEmpty();
        assertThat(target.committed(KEY, "run-1", 1)).isEmpty();
    }

    @Test
    void refusesALedgerOfANewerProgram() {
        run(1, Strategy.APPEND, "SELECT 1::BIGINT AS id");
        session.sql().execute("UPDATE warehouse.headworks.ledger SET ledger_version = 2");
        assertThatThrownBy(() -> target.observe(KEY, ORDERS))
                .isInstanceOf(HeadworksException.class)
                .hasMessage("Cannot read the ledger in warehouse: it has version 2 (this program knows up to 1)");
        assertThatThrownBy(() -> target.takeFence(KEY, ORDERS, "run-2", NOW)).hasMessageContaining("version 2");
    }

    @Test
    void aUsersCommitInsideTheLoadStopsIt() {
        run(1, Strategy.APPEND, "SELECT 1::BIGINT AS id");
        Fence fence = target.takeFence(KEY, ORDERS, "run-2", NOW);
        try (LoadTransaction load = target.begin(fence, ORDERS)) {
            assertThatThrownBy(() -> load.execute("COMMIT; BEGIN"))
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PROJECT))
                    .hasMessageContaining("ended the transaction");
            assertThatThrownBy(load::commit).hasMessageContaining("nothing is kept");
        }
    }

    @Test
    void aUsersStatementSeesTheTargetAsItsOwnDatabase() {
        run(1, Strategy.APPEND, "SELECT 1::BIGINT AS id");
        Fence fence = target.takeFence(KEY, ORDERS, "run-2", NOW);
        try (LoadTransaction load = target.begin(fence, ORDERS)) {
            load.execute("DELETE FROM orders");
            LoadCounts counts = load.apply(request(2, Strategy.APPEND, "SELECT 2::BIGINT AS id"));
            load.record(ledgerRow(2, fence, counts));
            load.commit();
        }
        assertThat(rows("SELECT id FROM warehouse.orders")).containsExactly("2");
    }

    @Test
    void aUsersStatementThatFailsLeavesTheSessionWhereItWas() {
        run(1, Strategy.APPEND, "SELECT 1::BIGINT AS id");
        Fence fence = target.takeFence(KEY, ORDERS, "run-2", NOW);
        try (LoadTransaction load = target.begin(fence, ORDERS)) {
            assertThatThrownBy(() -> load.execute("DELETE FROM nowhere")).isInstanceOf(HeadworksException.class);
        }
        assertThat(rows("SELECT current_database()")).containsExactly("memory");
    }

    @Test
    void aRunThatWritesCannotBeOvertakenInTheSameProcess() throws Exception {
        run(1, Strategy.APPEND, "SELECT 1::BIGINT AS id");
        Path work = Files.createDirectories(folder.resolve("other"));
        try (DuckDbSession other = (DuckDbSession) engine.session("other", work, new Cancellation());
                DuckDbTarget same = DuckDbTarget.open(other, file(), "warehouse")) {
            Fence fence = target.takeFence(KEY, ORDERS, "run-2", NOW);
            try (LoadTransaction load = target.begin(fence, ORDERS)) {
                assertThatThrownBy(() -> same.takeFence(KEY, ORDERS, "run-3", NOW))
                        .isInstanceOfSatisfying(
                                HeadworksException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(FailureKind.HELD));
                LoadCounts counts = load.apply(request(2, Strategy.APPEND, "SELECT 2::BIGINT AS id"));
                load.record(ledgerRow(2, fence, counts));
                load.commit();
            }
            same.takeFence(KEY, ORDERS, "run-3", NOW);
            assertThatThrownBy(() -> target.begin(fence, ORDERS).close())
                    .hasMessageContaining("another run took it meanwhile");
        }
    }

    @Test
    void dropsWorkTablesOfDeadRunsAndSparesThoseOfHolders() {
        run(1, Strategy.APPEND, "SELECT 1::BIGINT AS id");
        LedgerKey other = new LedgerKey("p", "dev", "", "others", "warehouse:others");
        target.takeFence(other, TableName.parse("others"), "run-7", NOW);
        String dead = WorkTables.name("run-0", 1);
        String living = WorkTables.name("run-7", 1);
        session.sql().execute("CREATE TABLE warehouse.main." + dead + "(a INTEGER)");
        session.sql().execute("CREATE TABLE warehouse.main." + living + "(a INTEGER)");
        target.takeFence(KEY, ORDERS, "run-2", NOW);
        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'hw_tmp_')"))
                .containsExactly(living);
        assertThat(target.tables()).containsExactly(ORDERS);
    }

    @Test
    void addsTheLedgerColumnsThatAnOlderProgramDidNotKnow() {
        run(1, Strategy.APPEND, "SELECT 1::BIGINT AS id");
        session.sql().execute("ALTER TABLE warehouse.headworks.ledger DROP COLUMN hw_version");
        session.sql().execute("ALTER TABLE warehouse.headworks.ledger ADD COLUMN of_a_later_version INTEGER");
        assertThatThrownBy(() -> target.observe(KEY, ORDERS)).hasMessageContaining("'hw_version' is NULL");
        target.takeFence(KEY, ORDERS, "run-2", NOW);
        session.sql().execute("UPDATE warehouse.headworks.ledger SET hw_version = '0.1'");
        assertThat(target.observe(KEY, ORDERS).lastRunNumber()).isEqualTo(1);
        run(2, Strategy.APPEND, "SELECT 2::BIGINT AS id");
    }

    @Test
    void refusesKeysThatTheTableHoldsTwice() {
        run(1, Strategy.APPEND, "SELECT 1::BIGINT AS id UNION ALL SELECT 1");
        assertThatThrownBy(() -> run(2, Strategy.UPSERT, "SELECT 1::BIGINT AS id"))
                .isInstanceOf(HeadworksException.class)
                .hasMessageContaining("in the table more than once (for example: id=1)");
    }

    @Test
    void tellsAMonthFromThirtyDays() {
        run(1, Strategy.UPSERT, "SELECT 1::BIGINT AS id, INTERVAL 30 DAY AS span, [INTERVAL 1 MONTH] AS spans");
        LoadCounts month = run(
                2, Strategy.UPSERT, "SELECT 1::BIGINT AS id, INTERVAL 1 MONTH AS span, [INTERVAL 1 MONTH] AS spans");
        assertThat(month.updated()).isEqualTo(1);
        LoadCounts nested =
                run(3, Strategy.UPSERT, "SELECT 1::BIGINT AS id, INTERVAL 1 MONTH AS span, [INTERVAL 30 DAY] AS spans");
        assertThat(nested.updated()).isEqualTo(1);
    }

    @Test
    void comparesKeysByTheCollationOfTheTableAndContentByItsBytes() {
        session.attach(createFile(), "warehouse", false);
        session.sql().execute("CREATE TABLE warehouse.main.orders(id VARCHAR COLLATE NOCASE, name VARCHAR)");
        assertThat(run(1, Strategy.UPSERT, "SELECT 'A' AS id, 'x' AS name").inserted())
                .isEqualTo(1);
        LoadCounts counts = run(2, Strategy.UPSERT, "SELECT 'a' AS id, 'x' AS name");
        assertThat(counts.updated()).isEqualTo(1);
        assertThatThrownBy(() -> run(3, Strategy.UPSERT, "SELECT unnest(['b', 'B']) AS id, 'x' AS name"))
                .hasMessageContaining("differ");
        assertThat(rows("SELECT id, name FROM warehouse.orders")).containsExactly("a x");
    }

    @Test
    void leavesGeneratedColumnsToTheTable() {
        session.attach(createFile(), "warehouse", false);
        session.sql()
                .execute("CREATE TABLE warehouse.main.orders(id BIGINT, doubled BIGINT GENERATED ALWAYS AS (id * 2))");
        run(1, Strategy.UPSERT, "SELECT 1::BIGINT AS id");
        run(2, Strategy.TRUNCATE_RELOAD, "SELECT 2::BIGINT AS id");
        assertThat(rows("SELECT * FROM warehouse.orders")).containsExactly("2 4");
    }

    @Test
    void keepsConstraintsDefaultsAndCommentsOfATableThatIsReloaded() {
        session.attach(createFile(), "warehouse", false);
        session.sql().execute("CREATE TABLE warehouse.main.orders(id BIGINT NOT NULL CHECK (id > 0), name VARCHAR)");
        session.sql().execute("COMMENT ON TABLE warehouse.main.orders IS 'kept'");
        run(1, Strategy.TRUNCATE_RELOAD, "SELECT 1::BIGINT AS id, 'a' AS name");
        run(2, Strategy.TRUNCATE_RELOAD, "SELECT 2::BIGINT AS id, 'b' AS name");
        assertThat(rows("SELECT comment FROM duckdb_tables() WHERE table_name = 'orders'"))
                .containsExactly("kept");
        assertThatThrownBy(() -> run(3, Strategy.TRUNCATE_RELOAD, "SELECT 0::BIGINT AS id, 'c' AS name"))
                .hasMessageContaining("CHECK");
        assertThat(rows("SELECT id FROM warehouse.orders")).containsExactly("2");
    }

    @Test
    void refusesAView() {
        run(1, Strategy.APPEND, "SELECT 1::BIGINT AS id");
        session.sql().execute("CREATE VIEW warehouse.main.seen AS SELECT * FROM warehouse.orders");
        assertThat(target.observe(KEY, TableName.parse("seen")).view()).isTrue();
        assertThat(target.read(TableName.parse("seen")).schema().names()).contains("id");
        Fence fence = target.takeFence(KEY, TableName.parse("seen"), "run-2", NOW);
        try (LoadTransaction load = target.begin(fence, TableName.parse("seen"))) {
            assertThatThrownBy(load::table).hasMessage("Cannot load into seen: it is a view (allowed: a table)");
        }
    }

    @Test
    void readsARelationThatIsNotKeptOnlyOnce() {
        session.sql().execute("CREATE TEMPORARY SEQUENCE readings");
        String counting = "SELECT range AS id, nextval('temp.main.readings') AS reading FROM range(10)";
        run(1, Strategy.UPSERT, counting);
        run(2, Strategy.UPSERT, counting);
        assertThat(rows("SELECT count(*), max(reading) FROM warehouse.orders")).containsExactly("10 20");
    }

    private Path createFile() {
        target.takeFence(new LedgerKey("p", "dev", "", "any", "warehouse:any"), ORDERS, "run-0", NOW);
        return file();
    }

    private LoadCounts run(int number, Strategy strategy, String sql) {
        Fence fence = target.takeFence(KEY, ORDERS, "run-" + number, NOW);
        try (LoadTransaction load = target.begin(fence, ORDERS)) {
            LoadRequest request = request(number, strategy, sql);
            if (target.observe(KEY, ORDERS).schema() == null) {
                List<Field> fields = new ArrayList<>(request.batch().schema().fields());
                fields.add(new Field("_hw_run", DataType.BIGINT));
                fields.add(new Field("_hw_loaded_at", DataType.TIMESTAMPTZ));
                load.change(List.of(new SchemaChange.CreateTable(new Schema(fields))));
            }
            LoadCounts counts = load.apply(request);
            assertThat(session.count(load.touched())).isEqualTo(counts.inserted() + counts.updated());
            load.record(ledgerRow(number, fence, counts));
            load.commit();
            assertThat(target.committed(KEY, "run-" + number, 1)).contains(ledgerRow(number, fence, counts));
            return counts;
        }
    }

    private LoadRequest request(int number, Strategy strategy, String sql) {
        Load load = new Load(
                ORDERS,
                strategy,
                strategy.needsKeys() ? List.of("id") : List.of(),
                List.of(),
                Load.Deletes.APPLY,
                "is_deleted",
                null,
                List.of(),
                Load.SchemaPolicy.EVOLVE,
                Load.Breaker.NONE,
                Load.AuditColumns.DEFAULT,
                null,
                null);
        Relation batch = session.relation(sql);
        return new LoadRequest(load, batch, false, BatchKind.SNAPSHOT, null, number, NOW);
    }

    private static LedgerRow ledgerRow(int number, Fence fence, LoadCounts counts) {
        return new LedgerRow(
                LedgerRow.VERSION,
                KEY,
                fence.runId(),
                number,
                1,
                "live",
                null,
                null,
                fence.number(),
                null,
                "{\"key\":" + number + "}",
                "source",
                "schema",
                "plan",
                counts.inserted(),
                counts.updated(),
                counts.unchanged(),
                counts.deleted(),
                0,
                counts.hashAlgorithm(),
                counts.contentHash(),
                "0.1",
                NOW);
    }

    private List<String> rows(String select) {
        return session.sql().query(select, row -> {
            StringBuilder text = new StringBuilder();
            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                text.append(column == 1 ? "" : " ").append(row.getString(column));
            }
            return text.toString();
        });
    }
}
