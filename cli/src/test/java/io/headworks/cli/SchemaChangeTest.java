package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw schema-change} tries a change and adapts a pipeline to it. */
final class SchemaChangeTest {
    private static final String EXTRACT = "extract: {connection: shop, table: sales}";
    private static final String LOAD =
            "load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}";
    private static final String CHECK = "quality_gates: {post_load: [{range: {column: amount, min: 0}}]}";

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void renamedAfterAFirstLoad() throws SQLException {
        shop = new Shop(folder, "duckdb").pipeline(EXTRACT, "# where it goes", LOAD, CHECK);
        shop.hw()
                .replace(
                        "headworks.yml",
                        "landing: {type: files, path: data}",
                        "shop: {type: duckdb, path: shop.duckdb}");
        source("CREATE TABLE sales AS SELECT i AS id, i * 10 AS amount FROM range(1, 21) AS r(i)");
        ran(0, "run", "orders");
        source("ALTER TABLE sales RENAME amount TO total", "UPDATE sales SET total = 11 WHERE id = 1");
    }

    private void source(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.duckdb"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Hw.Result ran(int exitCode, String... arguments) {
        Hw.Result result = shop.hw().run(arguments);
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        return result;
    }

    private String file() throws IOException {
        return Files.readString(folder.resolve("pipelines/orders.yml"));
    }

    @Test
    void aDryRunSaysWhatWouldBeRefused() {
        Hw.Result tried = ran(6, "schema-change", "orders", "--dry-run");

        assertThat(tried.out())
                .contains("dry run: refused: Cannot load into orders", "column 'amount' of the table is no longer");
    }

    @Test
    void anAdaptationIsShownTriedWrittenAndLoads() throws IOException {
        String before = file();
        Hw.Result shown = ran(0, "schema-change", "orders", "--rename", "amount=total");
        assertThat(shown.out())
                .contains(
                        "+       - name: source_version_2",
                        "+           - rename: {total: amount}",
                        "nothing was written");
        assertThat(file()).isEqualTo(before);

        assertThat(ran(0, "schema-change", "orders", "--rename", "amount=total", "--apply")
                        .out())
                .contains("written; git checkout -- pipelines/orders.yml takes it back");
        assertThat(file()).contains("  # where it goes\n  load:");
        ran(0, "validate");
        Hw.Result tried = ran(0, "schema-change", "orders", "--dry-run");
        assertThat(tried.out()).contains("20 rows onto 20 would load");
        assertThat(shop.hw().rows("select amount from orders where id = 1")).containsExactly("[10]");

        ran(0, "run", "orders");
        assertThat(shop.hw().rows("select amount from orders where id = 1")).containsExactly("[11]");
        assertThat(ran(0, "schema-change", "orders").out()).contains("nothing changed since version");
    }

    @Test
    void aColumnThatIsGoneMayGoOnAsNull() {
        ran(0, "schema-change", "orders", "--as-null", "amount", "--apply");

        ran(0, "run", "orders");

        assertThat(shop.hw().rows("select count(*), count(amount), count(total) from orders"))
                .containsExactly("[20,0,20]");
    }

    @Test
    void whatBecameOfAColumnIsNeverGuessed() throws IOException {
        String before = file();
        Hw.Result refused = ran(2, "schema-change", "orders", "--apply");

        assertThat(refused.err())
                .contains("Cannot adapt to the source: column 'amount' is gone", "--rename OLD=NEW, or --as-null OLD");
        assertThat(file()).isEqualTo(before);
    }
}
