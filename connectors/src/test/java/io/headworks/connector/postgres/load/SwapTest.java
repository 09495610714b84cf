package io.headworks.connector.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.Fence;
import io.headworks.api.load.LoadCounts;
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
import org.junit.jupiter.params.provider.ValueSource;

/** A table that is large enough is exchanged for one built beside it, and keeps everything that is its own. */
final class SwapTest {
    private static final int OLD = 9000;
    private static final String ROWS = "SELECT range AS id, 'new ' || range AS name FROM range(5000)";

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

    /** More than 64 MB, one row to a page. */
    private void largeTable(String... more) {
        database.run(
                "CREATE TABLE orders (id bigint NOT NULL DEFAULT 7, name text COLLATE \"C\", _hw_run bigint,"
                        + " _hw_loaded_at timestamptz, twice bigint GENERATED ALWAYS AS (id * 2) STORED)"
                        + " WITH (fillfactor = 10, toast.autovacuum_enabled = false)",
                "INSERT INTO orders SELECT i, repeat('old ', 200), 0 FROM generate_series(1, " + OLD + ") AS i");
        database.run(more);
    }

    private String oid() {
        return database.texts("SELECT CAST('public.orders'::regclass AS oid)").get(0);
    }

    private LoadCounts reload(int number) {
        return lab.run(number, Strategy.TRUNCATE_RELOAD, List.of(), ROWS);
    }

    @Test
    void everythingOfTheTablesIsKept() {
        String role = "reader_" + database.name();
        largeTable(
                "CREATE ROLE " + role,
                "ALTER TABLE orders ADD CONSTRAINT \"the key\" PRIMARY KEY (id)",
                "ALTER TABLE orders ADD CONSTRAINT named CHECK (id >= 0)",
                "ALTER TABLE orders ALTER name SET STORAGE EXTERNAL",
                "CREATE INDEX \"by Name\" ON orders (lower(name) DESC) INCLUDE (id) WHERE id > 10",
                "CREATE UNIQUE INDEX ON orders (id, name)",
                "GRANT SELECT ON orders TO " + role + " WITH GRANT OPTION",
                "GRANT UPDATE (name) ON orders TO PUBLIC",
                "REVOKE TRUNCATE ON orders FROM CURRENT_USER",
                "ALTER DEFAULT PRIVILEGES GRANT DELETE ON TABLES TO " + role,
                "COMMENT ON TABLE orders IS 'it''s orders'",
                "COMMENT ON COLUMN orders.name IS 'a name'",
                "COMMENT ON INDEX \"by Name\" IS 'an index'",
                "COMMENT ON CONSTRAINT named ON orders IS 'a rule'",
                "COMMENT ON CONSTRAINT \"the key\" ON orders IS 'a key'");
        String oid = oid();
        List<String> before = portrait();

        LoadCounts counts = reload(1);

        assertThat(counts.deleted()).isEqualTo(OLD);
        assertThat(counts.inserted()).isEqualTo(5000);
        assertThat(oid()).isNotEqualTo(oid);
        assertThat(portrait()).isEqualTo(before).hasSizeGreaterThan(15);
        assertThat(database.texts("SELECT count(*) || ' ' || sum(twice) || ' ' || min(name) FROM orders"))
                .containsExactly("5000 24995000 new 0");
        assertThat(leftOver()).isEmpty();
        database.run("DROP OWNED BY " + role, "DROP ROLE " + role);
    }

    /** As psql's {@code \d+} tells it, without object identifiers. */
    private List<String> portrait() {
        return database.texts("""
                SELECT concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, attstorage, attacl, attgenerated,
                  pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
                FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
                WHERE attrelid = 'orders'::regclass AND attnum > 0
                UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename = 'orders'
                UNION ALL SELECT concat_ws(' ', conname, pg_get_constraintdef(oid), obj_description(oid, 'pg_constraint'))
                FROM pg_constraint WHERE conrelid = 'orders'::regclass
                UNION ALL SELECT concat_ws(' ', grantee, privilege_type, is_grantable)
                FROM information_schema.role_table_grants WHERE table_name = 'orders'
                UNION ALL SELECT concat_ws(' ', relname, relowner, reloptions, obj_description(oid, 'pg_class'))
                FROM pg_class WHERE oid = 'orders'::regclass OR oid = '"by Name"'::regclass
                UNION ALL SELECT t.reloptions::text FROM pg_class AS c JOIN pg_class AS t ON t.oid = c.reltoastrelid
                WHERE c.oid = 'orders'::regclass
                ORDER BY 1""");
    }

    private List<String> leftOver() {
        return database.texts("SELECT relname FROM pg_class WHERE relname LIKE 'hw\\_tmp%'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW seen AS SELECT id FROM orders|seen reads it",
                "CREATE MATERIALIZED VIEW seen AS SELECT id FROM orders|seen reads it",
                "ALTER TABLE orders ADD UNIQUE (id); CREATE TABLE child (id bigint REFERENCES orders (id))"
                        + "|foreign key child_id_fkey of child holds it",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW;END';"
                        + " CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f()"
                        + "|trigger t is made for it",
                "CREATE PUBLICATION p FOR TABLE orders WITH (publish = 'insert')|publication p sends it to others",
                "CREATE PUBLICATION p FOR ALL TABLES WITH (publish = 'insert')|publication p sends it to others",
                "CREATE POLICY mine ON orders USING (true)|row security is set for it",
                "CREATE TABLE child () INHERITS (orders)|it inherits, or others inherit from it",
                "CREATE RULE r AS ON UPDATE TO orders DO NOTHING|rule r is made for it",
                "CREATE FUNCTION f(orders) RETURNS bigint LANGUAGE sql AS 'SELECT 1'"
                        + "|its rows are a type of function f(orders)",
                "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM orders; END"
                        + "|function f() depends on it",
                "CREATE SEQUENCE s OWNED BY orders.id|sequence s belongs to it",
                "CREATE STATISTICS st ON id, name FROM orders|statistics object st depends on it",
                "ALTER TABLE orders REPLICA IDENTITY FULL|it is typed, unlogged, or stored otherwise than usual",
                "ALTER TABLE orders ALTER id SET STATISTICS 500|column id has options or a statistics target",
                "ALTER TABLE orders ADD CHECK (id > 99999) NOT VALID|constraint orders_id_check is not validated",
                "CREATE INDEX i ON orders (id); CLUSTER orders USING i"
                        + "|index i is invalid, clusters it, or has a tablespace"
            })
    void whatHangsOnTheTableKeepsIt(String sqlAndWhy) {
        String[] parts = sqlAndWhy.split("\\|");
        largeTable(parts[0].contains("ATOMIC") ? new String[] {parts[0]} : parts[0].split("; "));
        String oid = oid();

        assertThat(lab.target.observe(PostgresLab.KEY, PostgresLab.ORDERS).replacing())
                .startsWith("deletes and inserts, because " + parts[1]);
        boolean refused = parts[0].contains("NOT VALID");
        if (refused) {
            assertThatThrownBy(() -> reload(1)).hasMessageContaining("violates check constraint");
        } else {
            assertThat(reload(1).deleted()).isEqualTo(OLD);
            assertThat(database.texts("SELECT count(*) FROM orders")).containsExactly("5000");
        }
        assertThat(oid()).isEqualTo(oid);
    }

    @Test
    void aSmallTableIsNotExchanged() {
        lab.run(1, Strategy.TRUNCATE_RELOAD, List.of(), ROWS);
        String oid = oid();
        lab.run(2, Strategy.TRUNCATE_RELOAD, List.of(), ROWS);
        assertThat(oid()).isEqualTo(oid);
        assertThat(lab.target.observe(PostgresLab.KEY, PostgresLab.ORDERS).replacing())
                .startsWith("deletes and inserts, because it has less than 64 MB");
    }

    @Test
    void readersSeeAllOldRowsOrAllNewOnes() throws Exception {
        largeTable("CREATE INDEX ON orders (id)");
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Set<String>> reader = CompletableFuture.supplyAsync(() -> {
            Set<String> seen = new TreeSet<>();
            while (!ended.get()) {
                seen.addAll(database.texts("SELECT count(*) || ' ' || min(left(name, 3)) FROM orders"));
                reading.countDown();
            }
            return seen;
        });
        reading.await();
        for (int run = 1; run <= 3; run++) {
            reload(run);
        }
        ended.set(true);
        assertThat(reader.get()).isSubsetOf(OLD + " old", "5000 new").contains(OLD + " old");
    }

    @Test
    void untilTheCommitTheOldTableIsReadAndTheNewOneChecked() {
        largeTable();
        Fence fence = lab.fence(1);
        Relation batch = lab.batch(ROWS);
        try (LoadTransaction load = lab.target.begin(fence, PostgresLab.ORDERS)) {
            lab.apply(load, 1, lab.load(Strategy.TRUNCATE_RELOAD, List.of(), null), batch, null);
            assertThat(lab.session.count(load.touched())).isEqualTo(5000);
            assertThat(lab.session.count(load.table())).isEqualTo(5000);
            assertThat(database.texts("SELECT count(*) FROM orders")).containsExactly("" + OLD);
        }
        assertThat(database.texts("SELECT count(*) FROM orders")).containsExactly("" + OLD);
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void aViewMadeInTheLastMomentKeepsTheTable() {
        largeTable("CREATE INDEX ON orders (id)");
        String oid = oid();
        Fence fence = lab.fence(1);
        Relation batch = lab.batch(ROWS);
        try (LoadTransaction load = lab.target.begin(fence, PostgresLab.ORDERS)) {
            LoadCounts counts = lab.apply(load, 1, lab.load(Strategy.TRUNCATE_RELOAD, List.of(), null), batch, null);
            load.record(PostgresLab.row(1, fence, counts));
            database.run("CREATE VIEW seen AS SELECT id FROM orders");
            load.commit();
        }
        assertThat(database.texts("SELECT count(*) FROM seen")).containsExactly("5000");
        assertThat(oid()).isEqualTo(oid);
        assertThat(leftOver()).isEmpty();
    }

    @Test
    @Tag("slow")
    void aReaderThatNeverEndsDoesNotHoldTheLoadUp() throws SQLException {
        largeTable();
        String oid = oid();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM orders")) {
                row.next();
            }
            reload(1);
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM orders")) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(5000);
            }
        }
        assertThat(oid()).isEqualTo(oid);
    }

    /** Nobody's transaction finds an empty table, however old what it sees. */
    @Test
    void anOldTransactionFindsRows() throws SQLException {
        largeTable();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT 1");
            reload(1);
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM orders")) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(5000);
            }
        }
    }
}
