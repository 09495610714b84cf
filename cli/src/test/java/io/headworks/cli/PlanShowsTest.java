package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code hw plan} says of statements and of other engines. */
final class PlanShowsTest {
    private static final String EXTRACT = "extract: {connection: landing, path: '*.csv', strategy: incremental}";
    private static final String LOAD = """
            load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
            quality_gates:
              pre_load: [{not_null: id}, {range: {column: amount, min: 0}}]
              post_load: [{unique: id}, {freshness: {column: _hw_loaded_at, within: 2h}}]
            """;

    @TempDir
    Path folder;

    private Shop shop(String operations) {
        return new Shop(folder, "duckdb")
                .pipeline(EXTRACT, "transform: {stages: [{name: clean, operations: [" + operations + "]}]}", LOAD)
                .rows("1.csv", 1, 3);
    }

    @Test
    void theStatementsOfChecksStandBesideThoseOfStages() {
        String plan = shop("{derive: {b: \"amount + 1\"}}")
                .hw()
                .run("plan", "orders", "--sql")
                .out();

        assertThat(plan)
                .contains(
                        "-- stage clean",
                        "-- checks of the batch\n-- one pass: number of rows, not_null(id), range(amount)\nSELECT",
                        "-- checks before COMMIT\n",
                        "-- one pass: number of rows, unique(id)",
                        "-- checks after COMMIT\n",
                        "freshness(_hw_loaded_at)");
        assertThat(shop("{derive: {b: \"amount + 1\"}}")
                        .hw()
                        .run("plan", "orders")
                        .out())
                .doesNotContain("-- checks");
    }

    @Test
    void whatStopsAPipelineFromScalingOutIsSaid() {
        Shop shop = shop("{derive: {b: \"upper(cast(amount as text))\", c: \"id::text\"}}");

        assertThat(shop.hw().run("plan", "orders").out())
                .contains(
                        "scale-out      stage clean: upper() is duckdb only: engines differ on letters such as",
                        "scale-out      stage clean: :: is duckdb only: write cast(x as type)");
        Map<?, ?> plan = (Map<?, ?>) ((List<?>) shop.hw().json("plan", "orders").get("plans")).get(0);
        assertThat((List<?>) plan.get("engine_bound")).hasSize(2);
    }

    @Test
    void sqlOfTheUsersOwnStaysOnItsEngine() {
        Shop shop = shop("{sql: \"select id, amount from {{ input }}\"}");

        assertThat(shop.hw().run("plan", "orders").out())
                .contains("scale-out      stage clean: SQL of your own is duckdb only");
    }

    @Test
    void aPortablePipelineSaysSo() {
        assertThat(shop("{derive: {b: \"amount + 1\"}}")
                        .hw()
                        .run("plan", "orders")
                        .out())
                .contains("scale-out      every expression is portable");
    }

    /** Inside the target's transaction the engine could keep the batch in memory alone. */
    @Test
    void aReloadWithKeysKeepsItsBatchBeforeTheLoad() {
        String whole = "extract: {connection: landing, path: '*.csv', strategy: full}";
        String load = "load: {connection: warehouse, table: orders, strategy: truncate-reload%s}";
        Shop shop = new Shop(folder, "duckdb").rows("1.csv", 1, 3);

        shop.pipeline(whole, load.formatted(""));
        assertThat(shop.hw().run("plan", "orders").out()).contains("plan           direct (");
        shop.pipeline(whole, load.formatted(", merge_keys: [id]"));
        assertThat(shop.hw().run("plan", "orders").out())
                .contains("plan           staged (rows of one key are compared)");
    }
}
