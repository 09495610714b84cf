package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example on the page of a database's documentation, from a real server to a DuckDB file. */
abstract class DocumentedRunContract {
    @TempDir
    Path folder;

    TestDatabase database;
    Hw hw;

    /** What differs from database to database. */
    record Example(String page, String type, List<String> orders, String now, String sameTime, String wrongPassword) {}

    abstract Example example();

    abstract TestDatabase newDatabase();

    @BeforeEach
    void project() throws Exception {
        database = newDatabase();
        example().orders().forEach(database::run);
        hw = new Hw(folder);
        List<String> blocks = yaml(Path.of("../docs/sources", example().page()));
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

    private static List<String> yaml(Path page) throws Exception {
        List<String> blocks = new ArrayList<>();
        String[] parts = Files.readString(page).split("```");
        for (int i = 1; i < parts.length; i += 2) {
            if (parts[i].startsWith("yaml\n")) {
                blocks.add(parts[i].substring(5));
            }
        }
        return blocks;
    }

    final Hw.Result run() {
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
                "UPDATE orders SET amount = -1, updated_at = " + example().now() + " WHERE id = 7",
                "INSERT INTO orders VALUES (9999, 'paid', 0.01, " + example().now() + ")",
                "UPDATE orders SET amount = 123456" + example().sameTime() + " WHERE id = 8");
        run();
        assertThat(hw.rows("SELECT id, amount FROM orders WHERE id IN (7, 8, 9999) ORDER BY id"))
                .as("a row whose update time did not move is not seen")
                .containsExactly("[7,-1.00]", "[8,2.00]", "[9999,0.01]");
        assertThat(hw.rows("SELECT count(*) FROM orders")).containsExactly("[4501]");
    }

    @Test
    void theConnectionCanBeLookedAt() {
        Hw.Result tested = hw.run("connection", "test", "shop_db");
        assertThat(tested.exitCode()).as(tested.err()).isZero();
        assertThat(hw.run("connection", "tables", "shop_db").out()).contains("orders");
        assertThat(hw.run("connection", "list").out())
                .contains(example().type())
                .doesNotContain(database.password());
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
                .contains(example().wrongPassword(), "127.0.0.1:" + database.port())
                .doesNotContain("not-the-password");
    }
}
