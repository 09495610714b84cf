package io.headworks.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.Target;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.mysql.load.MysqlTarget;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is MySQL's own, beside the contract of all targets. */
final class MysqlTargetTest {
    private static final TableName ORDERS = new TableName(null, "orders");
    private static final LedgerKey KEY = new LedgerKey("p", "dev", "", "orders", "marts:orders");
    private static final Schema ONE = new Schema(List.of(new Field("id", DataType.BIGINT)));

    @TempDir
    Path folder;

    private TestDatabase database;
    private Engine engine;
    private EngineSession session;
    private Target target;

    @BeforeEach
    void open() {
        database = TestMariaDb.shared().newDatabase();
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("tmp"));
        session = engine.session("r", folder, new Cancellation());
        target = MysqlTarget.open(MysqlConnector.settings(MysqlConnections.connection(database, Map.of())), session);
    }

    @AfterEach
    void close() {
        target.close();
        session.close();
        engine.close();
        database.close();
    }

    private Fence fence() {
        return target.takeFence(KEY, ORDERS, "run", Instant.parse("2026-01-01T00:00:00Z"));
    }

    private void change(SchemaChange... changes) {
        try (LoadTransaction load = target.begin(fence(), ORDERS)) {
            load.change(List.of(changes));
        }
    }

    @Test
    void everyTypeIsDeclaredAsThePageSays() throws IOException {
        List<Field> fields = new ArrayList<>();
        List<String> declared = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../docs/targets/mysql.md"))) {
            if (line.startsWith("| ") && line.endsWith("` |")) {
                String[] cells = line.substring(2, line.length() - 3).split(" \\| `", -1);
                DataType type = DataType.parse(cells[0]).orElseThrow(() -> new AssertionError(cells[0]));
                fields.add(new Field("c" + fields.size(), type));
                declared.add(cells[1]);
            }
        }
        assertThat(fields).hasSizeGreaterThan(25);
        change(new SchemaChange.CreateTable(new Schema(fields)));
        assertThat(database.texts("SELECT COLUMN_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '"
                        + database.name() + "' AND TABLE_NAME = 'orders' ORDER BY ORDINAL_POSITION"))
                .isEqualTo(declared);
    }

    @Test
    void changesAreMadeBeforeTheTransactionAndFoundAgain() {
        Field added = new Field("added", DataType.TEXT);
        for (int attempt = 0; attempt < 2; attempt++) {
            change(
                    new SchemaChange.CreateTable(ONE),
                    new SchemaChange.AddColumn(added),
                    new SchemaChange.WidenColumn("id", DataType.BIGINT, DataType.Simple.HUGEINT));
            assertThat(target.observe(KEY, ORDERS).schema())
                    .isEqualTo(new Schema(List.of(new Field("id", DataType.Simple.HUGEINT), added)));
        }
    }

    @Test
    void aFenceThatWasTakenMeanwhileStopsTheTransactionBehindTheChanges() {
        Fence mine = fence();
        try (LoadTransaction load = target.begin(mine, ORDERS)) {
            database.run("SET innodb_lock_wait_timeout = 1");
            assertThatThrownBy(() ->
                            database.run("SET innodb_lock_wait_timeout = 1", "UPDATE hw_fence SET number = number + 1"))
                    .as("the load holds the fence's row")
                    .hasMessageContaining("Lock wait timeout");
            database.run("CREATE TABLE other (id int)");
            load.change(List.of(new SchemaChange.CreateTable(ONE)));
        }
        database.run("UPDATE hw_fence SET number = number + 1");
        assertThatThrownBy(() -> target.begin(mine, ORDERS))
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.HELD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT",
                "ROLLBACK",
                "START TRANSACTION",
                "CREATE TABLE x (id int)",
                "TRUNCATE TABLE orders",
                "ALTER TABLE orders ADD COLUMN x int"
            })
    void aStatementThatEndsTheTransactionStopsTheLoad(String statement) {
        database.run("CREATE TABLE orders (id bigint)");
        try (LoadTransaction load = target.begin(fence(), ORDERS)) {
            load.execute("INSERT INTO orders VALUES (1)");
            assertThatThrownBy(() -> load.execute(statement))
                    .hasMessage("Cannot load into orders: load.before ended the load's transaction");
            assertThatThrownBy(load::commit).isInstanceOf(HeadworksException.class);
        }
    }

    @Test
    void statementsThatDoNotEndItMayComeBefore() {
        database.run("CREATE TABLE orders (id bigint)");
        try (LoadTransaction load = target.begin(fence(), ORDERS)) {
            load.execute("INSERT INTO orders VALUES (1)");
            load.execute("CREATE TEMPORARY TABLE mine AS SELECT * FROM orders");
            load.execute("DELETE FROM orders");
        }
        assertThat(database.texts("SELECT count(*) FROM orders")).containsExactly("0");
    }

    @Test
    void aTableWithoutTransactionsIsRefused() {
        database.run("CREATE TABLE orders (id bigint) ENGINE=MyISAM");
        assertThatThrownBy(() -> target.observe(KEY, ORDERS))
                .hasMessage("Cannot load into orders: its engine MyISAM has no transactions (allowed: InnoDB)");
    }

    @Test
    void aWideningThatWouldLoseAPropertyIsRefused() {
        database.run("CREATE TABLE orders (id int COMMENT 'of the shop')");
        assertThatThrownBy(() -> change(new SchemaChange.WidenColumn("id", DataType.Simple.INT32, DataType.BIGINT)))
                .hasMessage(
                        "Cannot widen column 'id' of orders to bigint: it has a default, a comment or another property"
                                + " that the change would lose");
    }

    private List<String> index() {
        return database.texts("SELECT concat(COLUMN_NAME, ' ', NON_UNIQUE, ' ', coalesce(SUB_PART, 'whole'))"
                + " FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = '" + database.name()
                + "' AND TABLE_NAME = 'orders' AND INDEX_NAME = 'hw_merge_key' ORDER BY SEQ_IN_INDEX");
    }

    private void create(List<Field> fields, String... key) {
        database.run("DROP TABLE IF EXISTS orders");
        change(new SchemaChange.CreateTable(new Schema(fields), List.of(key)));
    }

    private static DataType text(int length) {
        return new DataType.Bounded(length, false);
    }

    @Test
    void aTableThatIsMadeHasAnIndexOnItsKey() {
        Field id = new Field("id", DataType.BIGINT);
        create(List.of(id));
        assertThat(index()).isEmpty();
        create(List.of(id, new Field("Code", text(255))), "code", "id");
        assertThat(index()).containsExactly("Code 0 whole", "id 0 whole");
    }

    @Test
    void anIndexThatCannotHoldItsColumnsWholeIsNotUnique() {
        Field id = new Field("id", DataType.BIGINT);
        create(List.of(id, new Field("code", DataType.TEXT)), "id", "code");
        assertThat(index()).containsExactly("id 1 whole", "code 1 64");
        List<Field> wide = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            wide.add(new Field("c" + i, text(255)));
        }
        create(wide, wide.stream().map(Field::name).toArray(String[]::new));
        assertThat(index()).hasSize(8).allMatch(column -> column.endsWith(" 1 64"));
    }

    @Test
    void theIndexFollowsAColumnThatWidens() {
        create(List.of(new Field("code", text(20)), new Field("n", DataType.Simple.INT32)), "code", "n");
        change(new SchemaChange.WidenColumn("n", DataType.Simple.INT32, DataType.BIGINT));
        assertThat(index()).containsExactly("code 0 whole", "n 0 whole");
        for (int attempt = 0; attempt < 2; attempt++) {
            change(new SchemaChange.WidenColumn("code", text(20), text(300)));
            assertThat(index()).containsExactly("code 1 64", "n 1 whole");
        }
    }

    @Test
    void theServerItselfRefusesASecondRowOfAKey() {
        create(List.of(new Field("code", text(20))), "code");
        database.run("INSERT INTO orders VALUES ('a'), ('A'), ('a '), ('á')");
        assertThatThrownBy(() -> database.run("INSERT INTO orders VALUES ('a')"))
                .hasMessageContaining("Duplicate entry 'a' for key 'hw_merge_key'");
    }

    @Test
    void aLabelThatTheServerWouldCutIsRefused() {
        Field size = new Field("size", new DataType.Enumeration(List.of("a", "a ")));
        assertThatThrownBy(() -> create(List.of(size)))
                .hasMessageStartingWith(
                        "Cannot keep column 'size' (enum('a', 'a ')) in MySQL: the server cuts blanks off");
    }

    @Test
    void aLostSessionIsReplacedAfterItsThreadIsGone() {
        database.run("CREATE TABLE orders (id bigint)");
        Fence fence = fence();
        LoadTransaction load = target.begin(fence, ORDERS);
        load.execute("INSERT INTO orders VALUES (1)");
        List<String> threads = database.texts("SELECT ID FROM information_schema.PROCESSLIST WHERE DB = '"
                + database.name() + "' AND ID <> connection_id()");
        database.run("KILL " + threads.get(0));
        assertThatThrownBy(() -> load.execute("INSERT INTO orders VALUES (2)"))
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.TARGET_UNREACHABLE));
        assertThat(target.committed(KEY, "run", 1)).isEmpty();
        assertThat(database.texts("SELECT count(*) FROM orders")).containsExactly("0");
    }
}
