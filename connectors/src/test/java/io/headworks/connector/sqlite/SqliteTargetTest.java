package io.headworks.connector.sqlite;

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
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.Load.Deletes;
import io.headworks.api.load.Load.SchemaPolicy;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is SQLite's own, beside the contract of all targets. */
class SqliteTargetTest {
    private static final TableName ORDERS = new TableName(null, "orders");
    private static final LedgerKey KEY = new LedgerKey("p", "dev", "", "orders", "w:orders");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Engine engine;
    private DuckDbSession session;
    private Target target;
    private Path file;
    private int runs;

    @BeforeEach
    void open() throws Exception {
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("temporary"));
        Path work = Files.createDirectories(folder.resolve("work"));
        session = (DuckDbSession) engine.session("run", work, new Cancellation());
        file = folder.resolve("w.db");
        target = SqliteConnector.target(file, session);
    }

    @AfterEach
    void close() {
        target.close();
        session.close();
        engine.close();
    }

    private List<String> sql(String... statements) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                if (statement.execute(sql)) {
                    try (ResultSet row = statement.getResultSet()) {
                        while (row.next()) {
                            rows.add(row.getString(1));
                        }
                    }
                }
            }
        }
        return rows;
    }

    private LoadCounts load(Strategy strategy, String key, String select) {
        runs++;
        Relation batch = session.materialise("batch", session.relation(select));
        Fence fence = target.takeFence(KEY, ORDERS, "run-" + runs, NOW);
        List<String> keys = strategy.needsKeys() ? List.of(key) : List.of();
        Load load = new Load(
                ORDERS,
                strategy,
                keys,
                List.of(),
                Deletes.APPLY,
                "is_deleted",
                null,
                List.of(),
                SchemaPolicy.EVOLVE,
                Breaker.NONE,
                null,
                null,
                null);
        try (LoadTransaction transaction = target.begin(fence, ORDERS)) {
            LoadCounts counts = transaction.apply(new LoadRequest(load, batch, true, BatchKind.DELTA, null, runs, NOW));
            transaction.record(new LedgerRow(
                    1,
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
                    "s",
                    "h",
                    "p",
                    counts.inserted(),
                    counts.updated(),
                    counts.unchanged(),
                    counts.deleted(),
                    0,
                    counts.hashAlgorithm(),
                    counts.contentHash(),
                    "0",
                    NOW));
            transaction.commit();
            return counts;
        }
    }

    @Test
    void comparesKeysByTheCollationOfTheColumnAndValuesExactly() throws Exception {
        sql(
                "CREATE TABLE orders (code TEXT COLLATE NOCASE, name TEXT COLLATE NOCASE)",
                "INSERT INTO orders VALUES ('a', 'x'), ('b', 'y')");
        LoadCounts counts =
                load(Strategy.UPSERT, "code", "SELECT * FROM (VALUES ('A', 'x'), ('b', 'y')) AS v(code, name)");
        assertThat(counts.updated()).as("the key is the same, the text is not").isEqualTo(1);
        assertThat(counts.unchanged()).isEqualTo(1);
        assertThat(sql("SELECT code || name FROM orders ORDER BY rowid")).containsExactly("Ax", "by");
    }

    @Test
    void updatesInPlaceSoThatRowsKeepTheirNumberAndTriggersFire() throws Exception {
        sql(
                "CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT)",
                "CREATE TABLE log (line TEXT)",
                "CREATE TRIGGER noted AFTER UPDATE ON orders BEGIN INSERT INTO log VALUES (old.name || new.name); END",
                "INSERT INTO orders VALUES (7, 'a'), (9, 'b')");
        LoadCounts counts =
                load(Strategy.UPSERT, "id", "SELECT * FROM (VALUES (7::BIGINT, 'A'), (8, 'c')) AS v(id, name)");
        assertThat(counts.inserted()).isEqualTo(1);
        assertThat(sql("SELECT id || name FROM orders ORDER BY id")).containsExactly("7A", "8c", "9b");
        assertThat(sql("SELECT line FROM log")).containsExactly("aA");
        assertThat(target.observe(KEY, ORDERS).primaryKey()).containsExactly("id");
    }

    @Test
    void refusesDecimalsThatSqliteWouldRound() throws Exception {
        sql("CREATE TABLE orders (amount DECIMAL(18,2))");
        assertThatThrownBy(() -> load(Strategy.APPEND, "", "SELECT 1.50::DECIMAL(18,2) AS amount"))
                .hasMessage(
                        "Cannot append into orders: column 'amount' is declared DECIMAL(18,2), and SQLite keeps no more"
                                + " than 15 digits of it exactly (declare it DECIMAL_TEXT(p,s))");
        sql("DROP TABLE orders", "CREATE TABLE orders (amount DECIMAL(15,2))");
        load(Strategy.APPEND, "", "SELECT 1234567890123.45::DECIMAL(15,2) AS amount");
        assertThat(session.max(target.read(ORDERS), "amount")).isEqualTo("1234567890123.45");
    }

    @Test
    void ordersDecimalsAsNumbers() throws Exception {
        sql("CREATE TABLE orders (id BIGINT, version DECIMAL_TEXT(9,1))", "INSERT INTO orders VALUES (1, '9.5')");
        runs++;
        Fence fence = target.takeFence(KEY, ORDERS, "run-1", NOW);
        Load load = new Load(
                ORDERS,
                Strategy.UPSERT,
                List.of("id"),
                List.of("version"),
                Deletes.APPLY,
                "is_deleted",
                null,
                List.of(),
                SchemaPolicy.EVOLVE,
                Breaker.NONE,
                null,
                null,
                null);
        Relation batch = session.materialise(
                "batch",
                session.relation(
                        "SELECT 1::BIGINT AS id, v::DECIMAL(9,1) AS version FROM (VALUES (10.5), (-20)) AS t(v)"));
        try (LoadTransaction transaction = target.begin(fence, ORDERS)) {
            LoadCounts counts = transaction.apply(new LoadRequest(load, batch, true, BatchKind.DELTA, null, 1, NOW));
            assertThat(counts.updated())
                    .as("10.5 is newer than 9.5, though its text is not")
                    .isEqualTo(1);
            assertThat(counts.stale()).isEqualTo(1);
        }
    }

    @Test
    void refusesAStatementOfTheUserThatEndsTheTransaction() throws Exception {
        sql("CREATE TABLE orders (id BIGINT)");
        Fence fence = target.takeFence(KEY, ORDERS, "run-1", NOW);
        try (LoadTransaction transaction = target.begin(fence, ORDERS)) {
            assertThatThrownBy(() -> transaction.execute("COMMIT"))
                    .hasMessage("Cannot load into orders: load.before ended the load's transaction");
            assertThatThrownBy(transaction::commit).hasMessageContaining("nothing is kept");
        }
    }

    @Test
    void isHeldByOneRunUntilItIsClosed() throws Exception {
        sql("CREATE TABLE orders (id BIGINT)");
        target.takeFence(KEY, ORDERS, "run-1", NOW);
        try (Target other = SqliteConnector.target(file, session)) {
            assertThat(other.observe(KEY, ORDERS).schema())
                    .as("looking needs no lock")
                    .isNotNull();
            assertThatThrownBy(() -> other.takeFence(KEY, ORDERS, "run-2", NOW))
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.HELD))
                    .hasMessage("Cannot write to " + file + ": another run holds it (process "
                            + ProcessHandle.current().pid() + ")");
            target.close();
            assertThat(other.takeFence(KEY, ORDERS, "run-2", NOW).number()).isEqualTo(2);
        }
    }

    @Test
    void refusesToWidenWhereACopyWouldLoseSomething() throws Exception {
        sql("CREATE TABLE orders (id INTEGER_32, n INTEGER_32)", "CREATE INDEX fast ON orders (id)");
        Fence fence = target.takeFence(KEY, ORDERS, "run-1", NOW);
        try (LoadTransaction transaction = target.begin(fence, ORDERS)) {
            assertThatThrownBy(() -> transaction.change(
                            List.of(new SchemaChange.WidenColumn("n", DataType.Simple.INT32, DataType.BIGINT))))
                    .isInstanceOfSatisfying(
                            HeadworksException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.SCHEMA_CHANGE))
                    .hasMessageStartingWith("Cannot widen column 'n' of orders to bigint");
        }
        assertThat(sql("SELECT name FROM sqlite_schema WHERE type = 'index' AND name = 'fast'"))
                .hasSize(1);
    }

    @Test
    void leavesNoTemporaryTableBehind() throws Exception {
        sql("CREATE TABLE orders (id BIGINT, name TEXT)");
        load(Strategy.UPSERT, "id", "SELECT 1::BIGINT AS id, 'a' AS name");
        load(Strategy.MERGE, "id", "SELECT 1::BIGINT AS id, 'b' AS name");
        assertThat(sql("SELECT name FROM sqlite_schema WHERE name LIKE 'hw_tmp%'"))
                .isEmpty();
    }
}
