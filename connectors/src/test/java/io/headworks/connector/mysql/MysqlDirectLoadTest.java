package io.headworks.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
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
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows straight into an empty table, beside the same rows by way of the batch's table. */
final class MysqlDirectLoadTest {
    private static final TableName ORDERS = new TableName(null, "orders");
    private static final LedgerKey KEY = new LedgerKey("p", "dev", "", "orders", "marts:orders");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Schema SCHEMA =
            new Schema(List.of(new Field("id", DataType.BIGINT), new Field("name", DataType.TEXT)));
    private static final long ROWS = 1_001;
    private static final Relation BATCH =
            new Relation("SELECT range AS id, 'größe ' || range AS name FROM range(" + ROWS + ")", SCHEMA, List.of());

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

    private static LoadRequest request(Strategy strategy) {
        Load load = new Load(
                ORDERS,
                strategy,
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
        return new LoadRequest(load, BATCH, false, BatchKind.SNAPSHOT, null, 7, NOW);
    }

    private LoadTransaction begin() {
        return target.begin(target.takeFence(KEY, ORDERS, "run", NOW), ORDERS);
    }

    private void create() {
        List<Field> fields = new ArrayList<>(SCHEMA.fields());
        fields.add(new Field("_hw_run", DataType.BIGINT));
        fields.add(new Field("_hw_loaded_at", DataType.TIMESTAMPTZ));
        try (LoadTransaction transaction = begin()) {
            transaction.change(List.of(new SchemaChange.CreateTable(new Schema(fields))));
        }
    }

    private long touched(LoadTransaction transaction) throws IOException {
        long rows = 0;
        try (BatchReader reader = session.read(transaction.touched())) {
            for (ColumnBatch some = reader.next(); some != null; some = reader.next()) {
                rows += some.rows();
            }
        }
        return rows;
    }

    @Test
    void theSameRowsHaveTheSameHashEitherWay() throws IOException {
        create();
        LoadCounts direct;
        try (LoadTransaction transaction = begin()) {
            direct = transaction.apply(request(Strategy.APPEND));
            database.run("INSERT INTO orders VALUES (-1, 'somebody else''s', NULL, NULL)");
            assertThat(direct.inserted()).isEqualTo(ROWS);
            assertThat(touched(transaction)).isEqualTo(ROWS);
        }
        assertThat(database.texts("SELECT id FROM orders"))
                .as("the load was not committed")
                .containsExactly("-1");
        try (LoadTransaction transaction = begin()) {
            LoadCounts byBatch = transaction.apply(request(Strategy.APPEND));
            assertThat(byBatch).as("the table has a row by now").isEqualTo(direct);
            assertThat(touched(transaction)).isEqualTo(ROWS);
        }
    }

    private static LoadRequest appending(String select, boolean inspected) {
        LoadRequest append = request(Strategy.APPEND);
        Relation batch = new Relation(select, SCHEMA, List.of());
        return new LoadRequest(append.load(), batch, false, null, BatchKind.SNAPSHOT, null, 7, NOW, inspected);
    }

    @Test
    void whatNobodyLooksAtIsAppendedWithoutATemporaryTable() throws IOException {
        create();
        database.run("INSERT INTO orders VALUES (-1, 'old', NULL, NULL)");
        List<LoadCounts> counts = new ArrayList<>();
        for (String order : List.of("id", "id DESC")) {
            try (LoadTransaction transaction = begin()) {
                counts.add(
                        transaction.apply(appending("SELECT * FROM (" + BATCH.sql() + ") ORDER BY " + order, false)));
                assertThat(transaction.table().schema().names()).contains("id");
                assertThat(session.count(transaction.table())).isEqualTo(ROWS + 1);
                assertThatThrownBy(transaction::touched).hasMessageContaining("nobody was to look at them");
            }
        }
        assertThat(counts.get(0).inserted()).isEqualTo(ROWS);
        assertThat(counts.get(0).hashAlgorithm()).isEqualTo("mysql-sent-sha256-sum-v1");
        assertThat(counts.get(1)).as("whatever the order of the rows").isEqualTo(counts.get(0));
        try (LoadTransaction transaction = begin()) {
            String other = BATCH.sql().replace("größe", "grösse");
            assertThat(transaction.apply(appending(other, false)).contentHash())
                    .isNotEqualTo(counts.get(0).contentHash());
        }
        try (LoadTransaction transaction = begin()) {
            assertThat(transaction.apply(appending(BATCH.sql(), true)).hashAlgorithm())
                    .isEqualTo("mysql-sha256-sum-v1");
            assertThat(touched(transaction)).isEqualTo(ROWS);
        }
    }

    @Test
    void aReloadTakesAwayWhatWasThereAndStampsEveryRow() throws IOException {
        create();
        database.run("INSERT INTO orders VALUES (-1, 'old', NULL, NULL)");
        try (LoadTransaction transaction = begin()) {
            LoadCounts counts = transaction.apply(request(Strategy.TRUNCATE_RELOAD));
            assertThat(counts.inserted()).isEqualTo(ROWS);
            assertThat(counts.deleted()).isEqualTo(1);
            assertThat(touched(transaction)).isEqualTo(ROWS);
            assertThat(stamps(transaction.table())).containsExactly("7 2026-01-01 00:00:00+00 " + ROWS);
        }
    }

    private List<String> stamps(Relation table) throws IOException {
        Relation stamps = new Relation(
                "SELECT concat_ws(' ', _hw_run, _hw_loaded_at, count(*)) AS stamp FROM (" + table.sql()
                        + ") GROUP BY _hw_run, _hw_loaded_at",
                new Schema(List.of(new Field("stamp", DataType.TEXT))),
                List.of());
        List<String> texts = new ArrayList<>();
        try (BatchReader reader = session.read(stamps)) {
            for (ColumnBatch some = reader.next(); some != null; some = reader.next()) {
                Column.Texts column = (Column.Texts) some.columns().get(0);
                texts.addAll(Arrays.asList(column.values()).subList(0, some.rows()));
            }
        }
        return texts;
    }
}
