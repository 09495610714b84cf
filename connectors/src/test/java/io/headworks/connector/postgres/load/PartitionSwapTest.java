package io.headworks.connector.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.Fence;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.LoadTransaction;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A partition that is large enough is exchanged for one built beside it; rows of others are deleted and inserted. */
final class PartitionSwapTest {
    private static final int OLD = 9000;
    private static final Slice MAY = new Slice("day", "2024-05-01", "2024-06-01");
    private static final String ROWS =
            "SELECT range AS id, DATE '2024-05-01' + CAST(range % 31 AS INTEGER) AS day, 'new' AS name FROM range(5000)";
    private static final String COUNT =
            "SELECT count(*) FILTER (WHERE name = 'new') || ' new, ' || count(*) FILTER (WHERE name <> 'new') || ' old'"
                    + " FROM orders";
    private static final String SWAPPED = "5000 new, 3 old";

    @TempDir
    Path folder;

    private TestDatabase database;
    private PostgresLab lab;

    @BeforeEach
    void open() throws IOException {
        database = TestPostgres.shared().newDatabase();
        lab = PostgresLab.of(database, folder);
    }

    @AfterEach
    void close() {
        lab.close();
        database.close();
    }

    /** May has more than 64 MB, one row to a page; June has three rows. */
    private void months(String... more) {
        table("RANGE (day)", "FROM ('2024-05-01') TO ('2024-06-01')", "FROM ('2024-06-01') TO ('2024-07-01')", more);
        fill("date '2024-05-01' + i % 31", "'2024-06-10'");
    }

    private void table(String by, String large, String other, String... more) {
        database.run(
                "CREATE TABLE orders (id bigint NOT NULL, day date NOT NULL, name text COLLATE \"C\", _hw_run bigint,"
                        + " _hw_loaded_at timestamptz) PARTITION BY " + by,
                "CREATE INDEX \"by Name\" ON orders (name)",
                "CREATE UNIQUE INDEX ON orders (id, day)",
                "CREATE TABLE \"May\" PARTITION OF orders "
                        + (large.equals("DEFAULT") ? large : "FOR VALUES " + large)
                        + " WITH (fillfactor = 10)",
                "CREATE TABLE june PARTITION OF orders FOR VALUES " + other);
        database.run(more);
    }

    /** @param day of the large partition, by i */
    private void fill(String day, String other) {
        database.run(
                "INSERT INTO \"May\" SELECT i, " + day + ", repeat('old ', 200) FROM generate_series(1, " + OLD
                        + ") AS i",
                "INSERT INTO june SELECT i, " + other + ", 'old' FROM generate_series(1, 3) AS i");
    }

    private String oid() {
        return database.texts("SELECT CAST('\"May\"'::regclass AS oid)").get(0);
    }

    private Load swap(By by) {
        return lab.load(Strategy.PARTITION_SWAP, List.of(), new Partitioning("day", by));
    }

    private LoadCounts load(int number) {
        return lab.run(number, swap(By.MONTH), lab.batch(ROWS), MAY);
    }

    private String way() {
        return String.valueOf(
                lab.target.observe(PostgresLab.KEY, PostgresLab.ORDERS).replacingPart());
    }

    /** What a partition is beside its rows, its place among the others and the places of its indexes included. */
    private List<String> portrait() {
        return database.texts("""
                SELECT concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, attacl,
                  col_description(attrelid, attnum))
                FROM pg_attribute WHERE attrelid = '"May"'::regclass AND attnum > 0
                UNION ALL SELECT concat_ws(' ', i.indexrelid::regclass, inhparent::regclass, pg_get_indexdef(i.indexrelid),
                  indisvalid)
                FROM pg_index AS i LEFT JOIN pg_inherits ON inhrelid = i.indexrelid WHERE indrelid = '"May"'::regclass
                UNION ALL SELECT concat_ws(' ', conname, pg_get_constraintdef(oid), coninhcount, conislocal)
                FROM pg_constraint WHERE conrelid = '"May"'::regclass
                UNION ALL SELECT concat_ws(' ', relacl, reloptions, pg_get_expr(relpartbound, oid),
                  obj_description(oid, 'pg_class')) FROM pg_class WHERE oid = '"May"'::regclass
                UNION ALL SELECT inhparent::regclass || ' ' || inhrelid::regclass FROM pg_inherits
                WHERE inhparent = 'orders'::regclass
                ORDER BY 1""");
    }

    private List<String> leftOver() {
        return database.texts("SELECT relname FROM pg_class WHERE relname LIKE 'hw\\_tmp%' UNION ALL"
                + " SELECT conname FROM pg_constraint WHERE conname LIKE 'hw\\_tmp%'");
    }

    @Test
    void everythingOfThePartitionIsKept() {
        String role = "reader_" + database.name();
        months(
                "CREATE ROLE " + role,
                "ALTER TABLE \"May\" ADD CONSTRAINT named CHECK (id >= 0)",
                "CREATE INDEX own ON \"May\" (lower(name) DESC) WHERE id > 10",
                "GRANT SELECT ON \"May\" TO " + role,
                "COMMENT ON TABLE \"May\" IS 'it''s May'",
                "COMMENT ON COLUMN \"May\".name IS 'a name'",
                "CREATE VIEW seen AS SELECT id FROM orders");
        String oid = oid();
        List<String> before = portrait();
        assertThat(way())
                .startsWith("a partition of 64 MB or more is built beside and swapped in by DETACH and ATTACH");

        LoadCounts counts = load(1);

        assertThat(counts.deleted()).isEqualTo(OLD);
        assertThat(counts.inserted()).isEqualTo(5000);
        assertThat(oid()).isNotEqualTo(oid);
        assertThat(portrait()).isEqualTo(before).hasSizeGreaterThan(11);
        assertThat(database.texts(COUNT)).containsExactly(SWAPPED);
        assertThat(leftOver()).isEmpty();
        database.run("DROP OWNED BY " + role, "DROP ROLE " + role);
    }

    /** By value, the rows of the days that the batch has are replaced. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "LIST (day)|IN ('2024-05-01')|IN ('2024-06-10')|2024-05-01|2024-06-10",
                "LIST (day)|DEFAULT|IN ('2024-06-10')|2024-05-01|2024-06-10",
                "RANGE (day, id)|FROM ('2024-05-01', MINVALUE) TO ('2024-05-01', MAXVALUE)"
                        + "|FROM ('2024-06-10', 0) TO ('2024-06-10', 9)|2024-05-01|2024-06-10",
                "HASH (day)|WITH (MODULUS 2, REMAINDER 0)|WITH (MODULUS 2, REMAINDER 1)|2024-05-01|2024-05-03"
            })
    void ofEveryKind(String by, String large, String other, String day, String otherDay) {
        table(by, large, other);
        fill("date '" + day + "'", "'" + otherDay + "'");
        String oid = oid();

        lab.run(
                1,
                swap(By.VALUE),
                lab.batch("SELECT range AS id, DATE '" + day + "' AS day, 'new' AS name FROM range(5000)"),
                null,
                BatchKind.DELTA);

        assertThat(database.texts(COUNT)).containsExactly(SWAPPED);
        assertThat(oid()).isNotEqualTo(oid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW seen AS SELECT id FROM \"May\"|public.\"May\": seen reads it",
                "CREATE TABLE child (id bigint, day date, FOREIGN KEY (id, day) REFERENCES orders (id, day))"
                        + "|public.\"May\": foreign key child_id_day_fkey",
                "CREATE PUBLICATION p FOR TABLE orders WITH (publish = 'insert', publish_via_partition_root)"
                        + "|publication p sends it to others",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW;END';"
                        + " CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f()"
                        + "|trigger t is made for it"
            })
    void whatHangsOnThePartitionKeepsIt(String sqlAndWhy) {
        String[] parts = sqlAndWhy.split("\\|");
        months(parts[0].split("; "));
        String oid = oid();

        assertThat(way()).startsWith("deletes and inserts, because " + parts[1]);
        assertThat(load(1).deleted()).isEqualTo(OLD);
        assertThat(database.texts(COUNT)).containsExactly(SWAPPED);
        assertThat(oid()).isEqualTo(oid);
    }

    @Test
    void whatHasPartitionsOfItsOwnIsNotExchanged() {
        months();
        database.run(
                "ALTER TABLE orders DETACH PARTITION \"May\"",
                "CREATE TABLE halves (LIKE orders) PARTITION BY RANGE (id)",
                "ALTER TABLE halves ATTACH PARTITION \"May\" FOR VALUES FROM (0) TO (10000)",
                "ALTER TABLE orders ATTACH PARTITION halves FOR VALUES FROM ('2024-05-01') TO ('2024-06-01')");
        String oid = oid();

        assertThat(way()).startsWith("deletes and inserts, because no partition has 64 MB");
        load(1);

        assertThat(database.texts(COUNT)).containsExactly(SWAPPED);
        assertThat(oid()).isEqualTo(oid);
    }

    @Test
    void aPartOfAPartitionIsDeletedAndInserted() {
        months();
        String oid = oid();
        Slice day = new Slice("day", "2024-05-02", "2024-05-03");

        LoadCounts counts = lab.run(
                1, swap(By.DAY), lab.batch("SELECT 1::BIGINT AS id, DATE '2024-05-02' AS day, 'new' AS name"), day);

        assertThat(counts.deleted()).isEqualTo(OLD / 31 + 1);
        assertThat(oid()).isEqualTo(oid);
    }

    @Test
    void rowsForTwoPartitionsAreDeletedAndInserted() {
        months();
        String oid = oid();
        Slice both = new Slice("day", "2024-05-01", "2024-07-01");

        LoadCounts counts = lab.run(1, swap(By.MONTH), lab.batch(ROWS), both);

        assertThat(counts.deleted()).isEqualTo(OLD + 3);
        assertThat(database.texts(COUNT)).containsExactly("5000 new, 0 old");
        assertThat(oid()).isEqualTo(oid);
    }

    @Test
    void newRowsOfAnotherPartitionToo() {
        months("CREATE TABLE july PARTITION OF orders FOR VALUES FROM ('2024-07-01') TO ('2024-08-01')");
        String oid = oid();
        Slice both = new Slice("day", "2024-05-01", "2024-08-01");
        database.run("DELETE FROM june");

        lab.run(1, swap(By.MONTH), lab.batch(ROWS + " UNION ALL SELECT 1, DATE '2024-07-01', 'new'"), both);

        assertThat(database.texts(COUNT)).containsExactly("5001 new, 0 old");
        assertThat(oid()).isEqualTo(oid);
    }

    @Test
    void untilTheCommitTheOldPartitionIsReadAndTheNewOneChecked() {
        months();
        Fence fence = lab.fence(1);
        Relation batch = lab.batch(ROWS);
        try (LoadTransaction load = lab.target.begin(fence, PostgresLab.ORDERS)) {
            lab.apply(load, 1, swap(By.MONTH), batch, MAY);
            assertThat(lab.session.count(load.touched())).isEqualTo(5000);
            assertThat(lab.session.count(load.table())).isEqualTo(5003);
            assertThat(database.texts(COUNT)).containsExactly("0 new, 9003 old");
        }
        assertThat(database.texts(COUNT)).containsExactly("0 new, 9003 old");
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void readersSeeAllOldRowsOrAllNewOnes() throws Exception {
        months();
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Set<String>> reader = CompletableFuture.supplyAsync(() -> {
            Set<String> seen = new TreeSet<>();
            while (!ended.get()) {
                seen.addAll(database.texts(COUNT));
                reading.countDown();
            }
            return seen;
        });
        reading.await();
        String oid = oid();
        load(1);
        ended.set(true);
        assertThat(reader.get()).isSubsetOf("0 new, 9003 old", SWAPPED).contains("0 new, 9003 old");
        assertThat(oid()).isNotEqualTo(oid);
    }

    /** Nobody's transaction finds an empty partition, however old what it sees. */
    @Test
    void anOldTransactionFindsRows() throws SQLException {
        months();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT 1");
            load(1);
            try (ResultSet row = statement.executeQuery(COUNT)) {
                row.next();
                assertThat(row.getString(1)).isEqualTo(SWAPPED);
            }
        }
    }

    @Test
    void aViewMadeInTheLastMomentKeepsThePartition() {
        months();
        String oid = oid();
        Fence fence = lab.fence(1);
        Relation batch = lab.batch(ROWS);
        try (LoadTransaction load = lab.target.begin(fence, PostgresLab.ORDERS)) {
            LoadCounts counts = lab.apply(load, 1, swap(By.MONTH), batch, MAY);
            load.record(PostgresLab.row(1, fence, counts));
            database.run("CREATE VIEW seen AS SELECT id FROM \"May\"");
            load.commit();
        }
        assertThat(database.texts("SELECT count(*) FROM seen")).containsExactly("5000");
        assertThat(database.texts(COUNT)).containsExactly(SWAPPED);
        assertThat(oid()).isEqualTo(oid);
        assertThat(leftOver()).isEmpty();
    }

    @Test
    @Tag("slow")
    void aReaderThatNeverEndsDoesNotHoldTheLoadUp() throws SQLException {
        months();
        String oid = oid();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (ResultSet row = statement.executeQuery(COUNT)) {
                row.next();
            }
            load(1);
        }
        assertThat(database.texts(COUNT)).containsExactly(SWAPPED);
        assertThat(oid()).isEqualTo(oid);
        assertThat(leftOver()).isEmpty();
    }
}
