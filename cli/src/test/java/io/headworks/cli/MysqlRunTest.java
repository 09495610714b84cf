package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/sources/mysql.md, from a real server to a DuckDB file. */
final class MysqlRunTest {
    private static final Path PAGE = Path.of("../docs/sources/mysql.md");

    @TempDir
    Path folder;

    private TestDatabase database;
    private Hw hw;

    @BeforeEach
    void project() throws Exception {
        database = TestMariaDb.shared().newDatabase();
        database.run(
                "CREATE TABLE orders (id bigint PRIMARY KEY, status text, amount decimal(12,2), updated_at timestamp(6) NULL)",
                "INSERT INTO orders SELECT seq, CASE WHEN seq % 10 = 0 THEN 'draft' ELSE 'paid' END, seq / 4.0,"
                        + " now(6) - interval 1 day + interval seq second FROM seq_1_to_5000");
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
                "UPDATE orders SET amount = -1, updated_at = now(6) WHERE id = 7",
                "INSERT INTO orders VALUES (9999, 'paid', 0.01, now(6))",
                "UPDATE orders SET amount = 123456, updated_at = updated_at WHERE id = 8");
        run();
        assertThat(hw.rows("SELECT id, amount FROM orders WHERE id IN (7, 8, 9999) ORDER BY id"))
                .as("a row whose update time did not move is not seen")
                .containsExactly("[7,-1.00]", "[8,2.00]", "[9999,0.01]");
        assertThat(hw.rows("SELECT count(*) FROM orders")).containsExactly("[4501]");
    }

    @Test
    void aZeroDateStopsItOrGoesToTheDeadLetter() {
        database.run("SET sql_mode = ''", "INSERT INTO orders VALUES (777777, 'odd', 1, '0000-00-00')");
        hw.replace("pipelines/orders.yml", "  load:", "  error_handling: {strategy: fail-fast}\n  load:");
        Hw.Result stopped = hw.run("run", "orders");
        assertThat(stopped.exitCode()).as(stopped.out() + stopped.err()).isEqualTo(1);
        assertThat(stopped.out() + stopped.err()).contains("it is a zero date");
        hw.replace("pipelines/orders.yml", "strategy: fail-fast", "strategy: dead-letter");
        run();
        assertThat(hw.rows("SELECT count(*) FROM orders")).containsExactly("[4500]");
        assertThat(hw.run("deadletter", "list", "orders").out()).contains("Cannot read '0000-00-00");
    }

    @Test
    void aTableOfTheServerIsFilledFromAnotherOfIt() {
        hw.replace("pipelines/orders.yml", "connection: warehouse, table: orders", "connection: shop_db, table: paid");
        run();
        List<String> first = database.texts("SELECT concat_ws(' ', count(*), sum(amount), max(_hw_run)) FROM paid");
        assertThat(first).containsExactly("4500 2812500.00 1");
        assertThat(database.texts("SELECT concat_ws(' ', rows_inserted, rows_updated) FROM hw_ledger"))
                .containsExactly("4500 0");

        database.run("UPDATE orders SET amount = -1, updated_at = now(6) WHERE id = 7");
        run();
        assertThat(database.texts("SELECT amount FROM paid WHERE id = 7")).containsExactly("-1.00");
        assertThat(database.texts("SELECT count(*) FROM paid")).containsExactly("4500");
        assertThat(database.texts("SELECT concat_ws(' ', rows_inserted, rows_updated) FROM hw_ledger"
                        + " ORDER BY run_number DESC LIMIT 1"))
                .containsExactly("0 1");
    }

    @Test
    void theConnectionCanBeLookedAt() {
        Hw.Result tested = hw.run("connection", "test", "shop_db");
        assertThat(tested.exitCode()).as(tested.err()).isZero();
        assertThat(hw.run("connection", "tables", "shop_db").out()).contains("orders");
        assertThat(hw.run("connection", "list").out()).contains("mysql").doesNotContain(database.password());
        Hw.Result preview = hw.run("preview", "shop_db:orders");
        assertThat(preview.exitCode()).as(preview.err()).isZero();
        assertThat(preview.out() + preview.err()).contains("decimal(12,2)", "paid", "updated_at");
    }

    @Test
    void aWrongPasswordIsSaidWithoutIt() {
        hw.write("password.txt", "not-the-password");
        Hw.Result result = hw.run("run", "orders");
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(2);
        assertThat(result.out() + result.err())
                .contains("Access denied for user", "127.0.0.1:" + database.port())
                .doesNotContain("not-the-password");
    }
}
