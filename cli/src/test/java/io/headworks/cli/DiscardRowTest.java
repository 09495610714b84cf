package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code schema_changes: discard-row}. */
final class DiscardRowTest {
    private static final String EXTRACT = "extract: {connection: landing, path: '*.csv', strategy: incremental}";
    private static final String LOAD = """
            load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id], schema_changes: POLICY}
            error_handling: {strategy: dead-letter, max_rejected: 100%}
            """;
    private static final String CHECK = "quality_gates: {post_load: [{unique: id}]}";
    private static final String HALVED = """
            transform:
              stages:
                - {name: clean, operations: [{derive: {amount: 'cast(amount * 0.5 as decimal(10,1))'}}]}
            """;

    @TempDir
    Path folder;

    private Shop shop(String type, String policy) {
        Shop shop = new Shop(folder, type);
        shop.pipeline(EXTRACT, LOAD.replace("POLICY", policy), CHECK).file("1.csv", "id,amount", "1,10", "2,20");
        assertThat(shop.run().exitCode()).isZero();
        return shop;
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "sqlite", "parquet"})
    void aValueInANewColumnSendsTheRowToTheDeadLetter(String type) {
        Shop shop = shop(type, "discard-row").file("2.csv", "id,amount,note", "2,21,", "3,30,later", "4,40,");

        assertThat(shop.hw().run("plan", "orders").out())
                .contains("discard        rows with a value in note, a column that orders does not have");
        Hw.Result run = shop.run();

        assertThat(run.exitCode()).isZero();
        assertThat(shop.hw().rows("select id, amount from orders order by id"))
                .containsExactly("[1,10]", "[2,21]", "[4,40]");
        assertThat(shop.hw().run("deadletter", "list").out())
                .contains("schema-change", "Cannot fit note 'later' into orders: it has no such column");
    }

    @Test
    void aReplayLoadsTheRowOnceTheTableMayChange() {
        Shop shop = shop("duckdb", "{columns: discard-row}").file("2.csv", "id,amount,note", "3,30,later");
        assertThat(shop.run().exitCode()).isZero();
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[2]");
        shop.pipeline(EXTRACT, LOAD.replace("POLICY", "evolve"), CHECK);

        assertThat(shop.hw().run("deadletter", "replay", "orders").exitCode()).isZero();

        assertThat(shop.hw().rows("select id, note from orders order by id"))
                .containsExactly("[1,null]", "[2,null]", "[3,\"later\"]");
    }

    @Test
    void aValueThatDoesNotFitTheTablesTypeSendsTheRowToTheDeadLetter() {
        Shop shop = shop("duckdb", "{types: discard-row}");
        shop.pipeline(EXTRACT, HALVED, LOAD.replace("POLICY", "{types: discard-row}"), CHECK);
        shop.file("2.csv", "id,amount", "2,21", "3,30");

        assertThat(shop.hw().run("plan", "orders").out()).contains("discard        rows whose amount is no bigint");
        assertThat(shop.run().exitCode()).isZero();

        assertThat(shop.hw().rows("select id, amount from orders order by id"))
                .as("10.5 is no bigint, 15.0 is")
                .containsExactly("[1,10]", "[2,20]", "[3,15]");
        assertThat(shop.hw().run("deadletter", "list").out())
                .contains("Cannot fit amount '10.5' into orders, where it is bigint");
    }

    @Test
    void otherPoliciesAreAsTheyWere() {
        Shop shop = shop("duckdb", "{columns: freeze}").file("2.csv", "id,amount,note", "3,30,later");

        Hw.Result run = shop.run();

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.out() + run.err()).contains("column 'note' text is new (columns: freeze)");
    }
}
