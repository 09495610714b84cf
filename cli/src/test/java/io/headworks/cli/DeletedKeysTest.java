package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code extract.deletes.scan}: rows that left a source without a trace. */
final class DeletedKeysTest {
    private static final String ONCE_A_YEAR = "0 4 1 1 *";
    private static final String KEYS = "select region, id from orders order by id, region";

    @TempDir
    Path folder;

    private final List<TestDatabase> databases = new ArrayList<>();
    private String url = "";
    private Hw hw;

    @AfterEach
    void drop() {
        databases.forEach(TestDatabase::close);
    }

    private TestDatabase newDatabase() {
        TestDatabase database = TestPostgres.shared().newDatabase();
        databases.add(database);
        return database;
    }

    private String connection(String type, String name) {
        if (!type.equals("postgresql")) {
            return "{type: %s, path: %s.%s}".formatted(type, name, type);
        }
        TestDatabase database = newDatabase();
        hw.write(name + ".password", database.password());
        if (name.equals("shop")) {
            url = database.url() + (database.url().contains("?") ? "&" : "?") + "user=" + database.user() + "&password="
                    + database.password();
        }
        return "{type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"${file:%s.password}\"}"
                .formatted(database.port(), database.name(), database.user(), name);
    }

    /** Two thousand rows of a key of text and number, loaded once. */
    private void project(String source, String target, String load) {
        hw = new Hw(folder);
        url = "jdbc:" + source + ":" + folder.resolve("shop." + source);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  shop: %s
                  warehouse: %s
                """.formatted(connection(source, "shop"), connection(target, "warehouse")));
        pipeline(ONCE_A_YEAR, load);
        shop(
                "CREATE TABLE orders (region varchar(20) NOT NULL, id bigint NOT NULL, amount integer,"
                        + " updated_at timestamp, PRIMARY KEY (region, id))",
                "INSERT INTO orders WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                        + " SELECT CASE i % 4 WHEN 0 THEN 'no' WHEN 1 THEN '' WHEN 2 THEN 'it''s' ELSE 'Æ🚰' END, i - 1000,"
                        + " i, '2024-01-01 00:00:00' FROM n");
        run();
    }

    private void pipeline(String scan, String load) {
        hw.write("pipelines/orders.yml", """
                pipeline:
                  name: orders
                  extract:
                    connection: shop
                    table: orders
                    columns: {region: text, id: bigint, amount: integer, updated_at: timestamp}
                    where: "amount < 100000"
                    strategy: incremental
                    incremental_key: updated_at
                    deletes: {scan: "%s"}
                  load: {connection: warehouse, table: orders, merge_keys: [region, id], %s}
                """.formatted(scan, load));
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private void shop(String... statements) {
        run(url, statements);
    }

    private static void run(String database, String... statements) {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private Hw.Result run() {
        Hw.Result result = hw.run("run", "orders");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result;
    }

    @ParameterizedTest
    @CsvSource({
        "sqlite, duckdb",
        "duckdb, duckdb",
        "postgresql, duckdb",
        "postgresql, parquet",
        "sqlite, sqlite",
        "sqlite, postgresql",
        "postgresql, postgresql"
    })
    void rowsThatTheSourceHasNoMoreAreDeleted(String source, String target) {
        project(source, target, "strategy: merge");
        shop(
                "DELETE FROM orders WHERE id IN (-999, 0, 1000)",
                "UPDATE orders SET amount = 100000 WHERE id = 7",
                "INSERT INTO orders VALUES ('new', 0, 1, '2024-01-02 00:00:00')");

        assertThat(hw.run("plan", "orders").out())
                .contains(
                        "compare        region, id of all rows of the source with the table's; rows that only the table"
                                + " has are deleted");
        Hw.Result dry = hw.run("run", "orders", "--dry-run");
        assertThat(dry.exitCode()).as(dry.out() + dry.err()).isZero();
        assertThat(hw.rows("select count(*) from orders")).containsExactly("[2000]");
        assertThat(run().out()).contains("4 deleted");

        assertThat(hw.rows("select count(*), min(id), max(id) from orders")).containsExactly("[1997,-998,999]");
        assertThat(hw.rows("select region from orders where id in (0, 7)")).containsExactly("[\"new\"]");
    }

    @Test
    void thenTheNextComparisonIsNotDueForAYear() {
        project("sqlite", "duckdb", "strategy: merge");
        run();
        shop("DELETE FROM orders WHERE id = 5");

        Hw.Result plan = hw.run("plan", "orders");
        run();

        assertThat(plan.out())
                .contains("deleted rows are found next by the first run after")
                .doesNotContain("compare  ");
        assertThat(hw.rows("select count(*) from orders where id = 5")).containsExactly("[1]");
        shop("INSERT INTO orders VALUES ('new', 0, 1, '2024-01-02 00:00:00')");
        run();
        assertThat(hw.run("plan", "orders").out())
                .as("a run that compares nothing keeps in mind when one did")
                .contains("deleted rows are found next");
        assertThat(hw.run("run", "orders", "--full-refresh").out()).contains("1 deleted");
    }

    @Test
    void aMarkedRowIsNotFoundAgainAndComesBack() {
        project("sqlite", "duckdb", "strategy: soft-delete");
        shop("DELETE FROM orders WHERE id IN (1, 2)");
        assertThat(run().out()).contains("2 deleted");
        assertThat(hw.rows("select id, is_deleted, amount from orders where id in (1, 2, 3) order by id"))
                .containsExactly("[1,true,1001]", "[2,true,1002]", "[3,false,1003]");

        shop("DELETE FROM orders WHERE id = 3", "INSERT INTO orders VALUES ('', 1, 8, '2024-01-03 00:00:00')");
        assertThat(hw.run("run", "orders", "--full-refresh").out()).contains("1 deleted");
        assertThat(hw.rows("select id, is_deleted, amount from orders where id in (1, 2, 3) order by id"))
                .containsExactly("[1,false,8]", "[2,true,1002]", "[3,true,1003]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "sqlite"})
    void theBreakerHolds(String target) {
        project("sqlite", target, "strategy: merge, max_change: {deleted: 10%}");
        shop("DELETE FROM orders WHERE id < 0");

        Hw.Result stopped = hw.run("run", "orders");

        assertThat(stopped.exitCode()).isEqualTo(3);
        assertThat(stopped.out() + stopped.err()).contains("999 of 2000 rows would be deleted, 49.95%");
        assertThat(hw.rows("select count(*) from orders")).containsExactly("[2000]");
        assertThat(hw.run("plan", "orders").out()).as("it is still due").contains("compare  ");
    }

    @Test
    void aSourceWithoutAnyOfTheKeysIsAnotherSource() {
        project("sqlite", "duckdb", "strategy: merge, max_change: {deleted: 100%}");
        shop("DELETE FROM orders", "INSERT INTO orders VALUES ('other', 1, 1, '2024-01-02 00:00:00')");

        Hw.Result stopped = hw.run("run", "orders");

        assertThat(stopped.exitCode()).isEqualTo(1);
        assertThat(stopped.out() + stopped.err()).contains("the source has none of the table's 2000");
        assertThat(hw.rows("select count(*) from orders")).containsExactly("[2000]");
        hw.replace("pipelines/orders.yml", "strategy: incremental", "strategy: incremental\n    allow_empty: true");
        run();
        assertThat(hw.rows(KEYS)).containsExactly("[\"other\",1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "strategy: upsert|upsert deletes no rows (allowed: merge, soft-delete)",
                "strategy: merge, deletes: ignore|load.deletes is ignore",
            })
    void isRefusedWhereNothingCouldBeDeletedRightly(String load, String why) {
        project("sqlite", "duckdb", "strategy: merge");
        pipeline(ONCE_A_YEAR, load);

        Hw.Result plan = hw.run("plan", "orders");

        assertThat(plan.exitCode()).isEqualTo(2);
        assertThat(plan.out() + plan.err())
                .contains("Cannot compare the keys of orders with the source's: ")
                .contains(why);
    }

    @Test
    void aKeyThatIsNotTheSourcesIsNotCompared() {
        project("sqlite", "duckdb", "strategy: merge");
        hw.write(
                "pipelines/orders.yml",
                read("pipelines/orders.yml")
                        + "  transform: {stages: [{name: clean, operations: [{trim: [region]}, {cast: {id: text}}]}]}\n");
        hw.replace("pipelines/orders.yml", "table: orders, merge_keys", "table: others, merge_keys");

        Hw.Result plan = hw.run("plan", "orders");

        assertThat(plan.out() + plan.err())
                .contains("key column 'region' may no longer be the source's after trim")
                .contains("key column 'id' may no longer be the source's after cast");
    }

    @Test
    void keysThatTheTableComparesByAnotherRuleAreNotCompared() {
        project("sqlite", "sqlite", "strategy: merge");
        hw.replace("pipelines/orders.yml", "table: orders, merge_keys", "table: others, merge_keys");
        run(
                "jdbc:sqlite:" + folder.resolve("warehouse.sqlite"),
                "CREATE TABLE others (region text COLLATE NOCASE, id bigint, amount integer, updated_at timestamp)");

        Hw.Result stopped = hw.run("run", "orders");

        assertThat(stopped.exitCode()).as(stopped.out() + stopped.err()).isEqualTo(2);
        assertThat(stopped.out() + stopped.err())
                .contains("Cannot compare the keys of others: column 'region' compares text by NOCASE");
    }

    @Test
    void timesAndPlacesOfAComparisonAreChecked() {
        project("sqlite", "duckdb", "strategy: merge");
        pipeline("0 4 30 2 *", "strategy: merge");
        assertThat(hw.run("validate").out()).contains("'0 4 30 2 *' is on no day of any year");
        pipeline("0 4 * *", "strategy: merge");
        assertThat(hw.run("validate").out()).contains("five fields");
        pipeline(ONCE_A_YEAR, "strategy: merge");
        hw.replace("pipelines/orders.yml", "strategy: incremental\n    incremental_key: updated_at", "strategy: full");
        assertThat(hw.run("validate").out()).contains("scan has no effect with strategy full");
    }
}
