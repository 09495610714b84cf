package io.headworks.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.dataset.TableName;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.source.SourceTable;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.mysql.MysqlReadings.Arrived;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MysqlSourceTest {
    @TempDir
    Path folder;

    private TestDatabase database;
    private MysqlReadings readings;
    private Source source;

    @BeforeEach
    void open() {
        database = TestMariaDb.shared().newDatabase();
        readings = new MysqlReadings(folder);
        source = MysqlConnections.source(database);
    }

    @AfterEach
    void close() {
        source.close();
        readings.close();
        database.close();
    }

    @Test
    void tellsTypesKeysSizeAndClock() {
        database.run(
                "CREATE TABLE orders (line smallint, id bigint, amount decimal(12,2) NOT NULL, updated_at timestamp(6) NULL,"
                        + " PRIMARY KEY (id, line))",
                "INSERT INTO orders SELECT 1, seq, seq, now() FROM seq_1_to_1000",
                "ANALYZE TABLE orders",
                "CREATE VIEW paid AS SELECT id FROM orders");
        SourceState state = source.observe(MysqlReadings.table("orders"), null);
        assertThat(state.schema().canonical())
                .isEqualTo("line smallint not null\nid bigint not null\namount decimal(12,2) not null\n"
                        + "updated_at timestamptz");
        assertThat(state.primaryKey()).containsExactly("id", "line");
        assertThat(state.rows()).isEqualTo(1000);
        assertThat(state.bytes()).isPositive();
        assertThat(state.notes()).isEmpty();
        assertThat(Duration.between(state.clock(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        assertThat(state.identity()).startsWith("mysql:").endsWith("/" + database.name());
        assertThat(source.tables()).contains(new TableName(null, "orders"), new TableName(null, "paid"));
    }

    @Test
    void listsAllTablesWithTheirColumnsInOrder() {
        try (TestDatabase other = TestMariaDb.shared().newDatabase()) {
            other.run("CREATE TABLE elsewhere (id int)");
            database.run(
                    "CREATE TABLE `Größe` (z int, a int GENERATED ALWAYS AS (z + 1), updated_at datetime(6))",
                    "CREATE VIEW seen AS SELECT a FROM `Größe`",
                    "CREATE TABLE kept (v int) WITH SYSTEM VERSIONING",
                    "CREATE TABLE hw_ledger (id int)",
                    "CREATE TABLE hw_tmp_abcdefghijklmnop_1 (id int)",
                    "CREATE TABLE hw_guests (id int)");
            String here = database.name();
            assertThat(source.catalogue())
                    .filteredOn(table -> here.equals(table.name().schema()))
                    .containsExactlyInAnyOrder(
                            listed(here, "Größe", true, false, "z", "a", "updated_at"),
                            listed(here, "seen", true, true, "a"),
                            listed(here, "kept", true, false, "v"),
                            listed(here, "hw_guests", true, false, "id"));
            assertThat(source.catalogue()).contains(listed(other.name(), "elsewhere", false, false, "id"));
            assertThat(source.catalogue())
                    .noneMatch(table -> "information_schema".equals(table.name().schema()));
        }
    }

    private static SourceTable listed(String schema, String table, boolean home, boolean view, String... columns) {
        return new SourceTable(new TableName(schema, table), home, view, List.of(columns));
    }

    @Test
    void saysWhichTablesHaveNoSnapshot() {
        database.run("CREATE TABLE old (v int) ENGINE=MyISAM");
        assertThat(source.observe(MysqlReadings.table("old"), null).notes())
                .singleElement()
                .asString()
                .contains("MyISAM");
    }

    @Test
    void whatIsCommittedAfterTheFirstLookIsNotSeen() throws Exception {
        database.run("CREATE TABLE t (v int)", "INSERT INTO t VALUES (1)");
        source.tables();
        database.run("INSERT INTO t VALUES (2)");
        assertThat(readings.read(source, MysqlReadings.table("t")).values()).containsExactly("1");
        try (Source later = MysqlConnections.source(database)) {
            assertThat(readings.read(later, MysqlReadings.table("t")).values()).containsExactly("1", "2");
        }
    }

    @Test
    void aUsersSqlReadsAsInTheServersOwnClient() throws Exception {
        database.run("CREATE TABLE t (v varchar(9))", "INSERT INTO t VALUES ('a'), ('b'), ('c?'), ('it''s')");
        Extract extract = new Extract(
                new Reading.Table(new TableName(null, "t")),
                List.of(),
                "v = \"a\" || v = 'c?' || v = 'it\\'s' -- a comment",
                null,
                null);
        assertThat(readings.read(source, extract).values()).containsExactly("a", "c?", "it's");
        assertThat(readings.read(source, MysqlReadings.query("SELECT concat('{fn now()}', v) AS v FROM t LIMIT 1;"))
                        .values())
                .containsExactly("{fn now()}a");
    }

    @Test
    void anyLegalNameIsRead() throws Exception {
        String table = "a.b `c` \"d\" select größe";
        database.run(
                "CREATE TABLE `" + table.replace("`", "``") + "` (v int, `V 2``` int)",
                "INSERT INTO `" + table.replace("`", "``") + "` VALUES (1, 2)");
        assertThat(readings.read(source, MysqlReadings.table(table)).values()).containsExactly("1");
    }

    private List<String> between(KeyRange range) throws Exception {
        Arrived arrived = readings.read(source, MysqlReadings.table("t"), range);
        assertThat(arrived.rejects()).isEmpty();
        return arrived.values();
    }

    @Test
    void readsAKeyRangeOfEachKindOfKey() throws Exception {
        database.run(
                "SET time_zone = '+00:00'",
                "CREATE TABLE t (v int, n decimal(6,2), d date, dt datetime(6), ts timestamp(6) NULL,"
                        + " k varchar(9) CHARACTER SET latin1)",
                "INSERT INTO t VALUES (1, 1.5, '2024-01-01', '2024-01-01 00:00:00.5', '2024-01-01 00:00:00.5', 'a'),"
                        + " (2, 2.5, '2024-01-02', '2024-01-02', '2024-01-02', 'B'),"
                        + " (3, 3.5, '2024-01-03', '2024-01-03', '2024-01-03', 'é'), (4, null, null, null, null, null)");
        assertThat(between(new KeyRange("v", Simple.INT32, "2", "4", false))).containsExactly("2", "3");
        assertThat(between(new KeyRange("n", new DataType.Decimal(6, 2), "1.51", null, false)))
                .containsExactly("2", "3");
        assertThat(between(new KeyRange("n", new DataType.Decimal(6, 2), null, "2.5", true)))
                .containsExactly("1", "4");
        assertThat(between(new KeyRange("d", Simple.DATE, "2024-01-02", null, false)))
                .containsExactly("2", "3");
        assertThat(between(new KeyRange("dt", DataType.TIMESTAMP, "2024-01-01T00:00:00.500001", "2024-01-03", false)))
                .containsExactly("2");
        assertThat(between(new KeyRange(
                        "ts", DataType.TIMESTAMPTZ, "2024-01-01T00:00:00.5Z", "2024-01-03T00:00:00Z", true)))
                .containsExactly("1", "2", "4");
        assertThat(between(new KeyRange("k", new DataType.Bounded(9, false), "a", null, false)))
                .as("by bytes: 'B' sorts before 'a'")
                .containsExactly("1", "3");
        assertThat(between(new KeyRange("k", new DataType.Bounded(9, false), null, null, false)))
                .containsExactly("1", "2", "3");
    }

    @Test
    void aZeroDateIsInEveryRangeAndComesUp() throws Exception {
        database.run(
                "SET sql_mode = ''",
                "CREATE TABLE t (v int, at datetime)",
                "INSERT INTO t VALUES (1, '0000-00-00'), (2, '2024-01-01'), (3, '2020-01-01')");
        Arrived arrived = readings.read(
                source,
                MysqlReadings.table("t"),
                new KeyRange("at", new DataType.Timestamp(0, false), "2023-01-01T00:00:00", null, false));
        assertThat(arrived.values()).containsExactly("2");
        assertThat(arrived.rejects()).singleElement().asString().contains("it is a zero date / v=1, at=0000-00-00");
    }

    @Test
    void holdsNoResultAsAWhole() throws Exception {
        database.run("CREATE TABLE t (v longtext)", "INSERT INTO t SELECT repeat('x', 100000) FROM seq_1_to_3000");
        SourceState state = source.observe(MysqlReadings.table("t"), null);
        RowSource.Parallel rows = (RowSource.Parallel) source.rows(MysqlReadings.table("t"), state, null, List.of());
        long before = used();
        try (BatchReader reader = rows.parts().get(0).open(reject -> {})) {
            // 300 MB of text at the server, of which one batch may be here
            assertThat(Objects.requireNonNull(reader.next()).rows()).isEqualTo(160);
            assertThat(used() - before).isLessThan(100_000_000);
        }
        assertThatThrownBy(() -> source.tables())
                .hasMessageContaining("a reading of this snapshot was broken off before its end");
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void namesWhatIsMissing() {
        database.run("CREATE TABLE orders (id int)");
        assertThatThrownBy(() -> source.observe(MysqlReadings.table("ordres"), null))
                .hasMessageStartingWith("Cannot read ordres: no such table, or no right to read it (tables: orders");
        assertThatThrownBy(() -> source.observe(MysqlReadings.table("orders", new ColumnChoice("idd", null)), null))
                .hasMessage("Cannot read column 'idd' of orders: no such column (columns: id)");
    }
}
