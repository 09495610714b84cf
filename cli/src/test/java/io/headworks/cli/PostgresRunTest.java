package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/sources/postgresql.md, from a real server to a DuckDB file. */
final class PostgresRunTest {
    private static final Path PAGE = Path.of("../docs/sources/postgresql.md");

    @TempDir
    Path folder;

    private TestDatabase database;
    private Hw hw;

    @BeforeEach
    void project() throws Exception {
        database = TestPostgres.shared().newDatabase();
        database.run(
                "CREATE TABLE orders (id bigint PRIMARY KEY, status text, amount numeric(12,2), updated_at timestamptz)",
                "INSERT INTO orders SELECT i, CASE WHEN i % 10 = 0 THEN 'draft' ELSE 'paid' END, i / 4.0,"
                        + " now() - interval '1 day' + i * interval '1 second' FROM generate_series(1, 5000) AS i");
        hw = new Hw(folder);
        List<String> blocks = yaml();
        hw.write(
                "headworks.yml",
                blocks.get(0)
                        .replace("db.example.com", "127.0.0.1\n    port: " + database.port())
                        .replace("database: shop", "database: " + database.name())
                        .replace("user: reader", "user: " + database.user())
                        .replace("${env:SHOP_PASSWORD}", "${file:password.txt}"));
        hw.write("password.txt", database.password());
        hw.write("pipelines/orders.yml", blocks.get(1));
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private static List<String> yaml() throws Exception {
        List<String> blocks = new ArrayList<>();
        String[] parts = Files.readString(PAGE).split("```");
        for (int i = 1; i < parts.length; i += 2) {
            if (parts[i].startsWith("yaml\n")) {
                blocks.add(parts[i].substring(5));
            }
        }
        return blocks;
    }

    private Hw.Result run() {
        Hw.Result result = hw.run("run", "orders");
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    @Test
    void everyRowArrivesAndLaterOnlyWhatChanged() {
        run();
        assertThat(hw.rows("SELECT count(*), sum(amount), min(id), max(id) FROM orders"))
                .containsExactly("[4500,2812500.00,1,4999]");

        database.run(
                "UPDATE orders SET amount = -1, updated_at = now() WHERE id = 7",
                "INSERT INTO orders VALUES (9999, 'paid', 0.01, now())",
                "UPDATE orders SET amount = 123456 WHERE id = 8");
        run();
        assertThat(hw.rows("SELECT id, amount FROM orders WHERE id IN (7, 8, 9999) ORDER BY id"))
                .as("a row whose update time did not move is not seen")
                .containsExactly("[7,-1.00]", "[8,2.00]", "[9999,0.01]");
        assertThat(hw.rows("SELECT count(*) FROM orders")).containsExactly("[4501]");
    }

    private void whole(String more) {
        hw.write("pipelines/orders.yml", """
                pipeline:
                  name: orders
                  extract: {connection: shop_db, table: orders}
                  load: {connection: warehouse, table: orders, strategy: truncate-reload}
                """ + more);
    }

    @Test
    void oneStatementReadsAndWritesAWholeTable() {
        whole("  transform: {stages: [{name: clean, operations: [{rename: {amount: total}}]}]}\n");
        database.run(
                "CREATE TABLE more AS SELECT i + 10000 AS id, repeat('x', 300) AS status, i AS amount,"
                        + " now() AS updated_at FROM generate_series(1, 100000) AS i",
                "INSERT INTO orders SELECT * FROM more");
        Hw.Result plan = hw.run("plan", "orders");
        assertThat(plan.out() + plan.err()).contains("one statement reads, transforms and writes");
        run();
        assertThat(hw.rows("SELECT count(*), sum(total), count(DISTINCT id) FROM orders"))
                .containsExactly("[105000,5003175625.00,105000]");
    }

    @Test
    void aRowThatDoesNotFitStopsItOrGoesToTheDeadLetter() {
        database.run("INSERT INTO orders VALUES (777777, 'odd', 'NaN', now())");
        whole("");
        Hw.Result stopped = hw.run("run", "orders");
        assertThat(stopped.exitCode()).as(stopped.out() + stopped.err()).isEqualTo(1);
        assertThat(stopped.out() + stopped.err())
                .contains("Cannot read a row of orders: Cannot read amount as decimal(12,2): it is NaN (id=777777,");
        whole("  error_handling: {strategy: dead-letter}\n");
        run();
        assertThat(hw.rows("SELECT count(*) FROM orders")).containsExactly("[5000]");
        assertThat(hw.run("deadletter", "list", "orders").out()).contains("it is NaN");
    }

    @Test
    void theConnectionCanBeLookedAt() {
        Hw.Result tested = hw.run("connection", "test", "shop_db");
        assertThat(tested.exitCode()).as(tested.err()).isZero();
        assertThat(hw.run("connection", "tables", "shop_db").out()).contains("orders");
        assertThat(hw.run("connection", "list").out()).contains("postgresql").doesNotContain(database.password());
        Hw.Result preview = hw.run("preview", "shop_db:orders");
        assertThat(preview.exitCode()).as(preview.err()).isZero();
        assertThat(preview.out() + preview.err()).contains("decimal(12,2)", "paid", "updated_at");
    }

    @Test
    void aPreviewReadsNoMoreThanItShows() {
        database.run(
                "CREATE TABLE large AS SELECT i FROM generate_series(1, 49999) AS i",
                "CREATE VIEW trap AS SELECT i, CASE WHEN i = 49999 THEN pg_sleep(3600)::text END AS never FROM large");
        Hw.Result preview = hw.run("preview", "shop_db:trap");
        assertThat(preview.exitCode()).as(preview.err()).isZero();
    }

    @Test
    void aWrongPasswordIsSaidWithoutIt() {
        hw.write("password.txt", "not-the-password");
        Hw.Result result = hw.run("run", "orders");
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(2);
        assertThat(result.out() + result.err())
                .contains("password authentication failed for user", "127.0.0.1:" + database.port())
                .doesNotContain("not-the-password");
    }
}
