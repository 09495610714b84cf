package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exit codes that scripts tell failures apart by; 4, 7, 130 and 143 need a process and are in the crash package. */
class ExitCodesTest {
    private static final String EXTRACT = "extract: {connection: landing, path: \"*.csv\"}";
    private static final String LOAD =
            "load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}";

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void aShop() {
        shop = new Shop(folder, "duckdb").pipeline(EXTRACT, LOAD).rows("orders.csv", 1, 5);
    }

    @Test
    void threeWhenAGateStopsIt() {
        shop.pipeline(EXTRACT, LOAD, "quality_gates: {pre_load: [{range: {column: amount, max: 40}}]}");

        expect(shop.run(), 3, "range(amount)");
        assertThat(shop.hw().run("query", "select * from orders").exitCode()).isEqualTo(2);
    }

    @Test
    void fiveWhenTheSourceIsOutOfReach() throws IOException {
        Files.delete(folder.resolve("data/orders.csv"));
        Files.delete(folder.resolve("data"));
        shop.pipeline(EXTRACT, LOAD, "error_handling: {strategy: fail-fast, max_retries: 0}");

        expect(shop.run(), 5, "there is no such folder");
    }

    @Test
    void fiveWhenTheTargetIsNoDatabase() throws IOException {
        Files.writeString(folder.resolve("warehouse.duckdb"), "not a database");
        shop.pipeline(EXTRACT, LOAD, "error_handling: {strategy: fail-fast, max_retries: 0}");

        expect(shop.run(), 5, "not a valid DuckDB database file");
        assertThat(folder.resolve("warehouse.duckdb")).hasContent("not a database");
    }

    @Test
    void sixWhenASchemaChangeIsNotAllowed() {
        assertThat(shop.run().exitCode()).isZero();
        shop.pipeline(EXTRACT, LOAD.replace("}", ", schema_changes: freeze}"))
                .file("orders.csv", "id,amount,colour", "6,60,red");

        expect(shop.run(), 6, "colour");
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[5]");
    }

    @Test
    void eightWhenThePlanNoLongerFits() {
        Path approved = folder.resolve("plan.json");
        assertThat(shop.hw().run("plan", "orders", "--out", approved.toString()).exitCode())
                .isZero();
        shop.pipeline(EXTRACT, LOAD, "transform: {stages: [{name: clean, operations: [{filter: \"id > 1\"}]}]}");

        expect(shop.hw().run("run", "--plan", approved.toString()), 8, "what orders would do now is something else");
        assertThat(shop.hw().run("query", "select * from orders").exitCode()).isEqualTo(2);
    }

    @Test
    void nineWhenTheTargetWasPutBack() throws IOException {
        assertThat(shop.run().exitCode()).isZero();
        Files.copy(folder.resolve("warehouse.duckdb"), folder.resolve("yesterday"));
        shop.rows("orders.csv", 1, 6);
        assertThat(shop.run().exitCode()).isZero();
        Files.delete(folder.resolve("warehouse.duckdb"));
        Files.move(folder.resolve("yesterday"), folder.resolve("warehouse.duckdb"));
        shop.rows("orders.csv", 1, 7);

        expect(shop.run(), 9, "the ledger of");
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[5]");
    }

    private static void expect(Hw.Result result, int exitCode, String message) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        assertThat(result.out() + result.err()).contains(message);
    }
}
