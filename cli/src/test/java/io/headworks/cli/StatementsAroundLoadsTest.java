package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code load.before} and {@code load.after}. */
final class StatementsAroundLoadsTest {
    private static final String EXTRACT = "extract: {connection: landing, path: '*.csv', strategy: incremental}";
    private static final String LOAD = """
            load:
              connection: warehouse
              table: orders
              strategy: append
              STATEMENT
            quality_gates: {post_load: [{not_null: id}]}
            """;

    @TempDir
    Path folder;

    private Shop shop(String type, String statement) {
        return new Shop(folder, type)
                .pipeline(EXTRACT, LOAD.replace("STATEMENT", statement))
                .rows("1.csv", 1, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "sqlite"})
    void afterRunsOnceTheDataIsPublished(String type) {
        Shop shop = shop(type, "after: create table copied as select * from orders");

        Hw.Result run = shop.run();

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(shop.hw().rows("select count(*) from copied")).containsExactly("[3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "sqlite"})
    void aFailureAfterwardsKeepsTheDataAndMakesTheRunPartial(String type) {
        Shop shop = shop(type, "after: insert into nowhere values (1)");

        Hw.Result run = shop.run();

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(shop.log().get("status")).isEqualTo("partial");
        assertThat(shop.log().get("notes").toString()).contains("load.after failed", "nowhere");
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "sqlite"})
    void beforeRunsInTheTransactionOfTheLoad(String type) {
        Shop shop = shop(type, "");
        assertThat(shop.run().exitCode()).isZero();
        shop.pipeline(EXTRACT, LOAD.replace("STATEMENT", "before: delete from orders where id < 3"))
                .file("2.csv", "id,amount", "4,x");
        assertThat(shop.run().exitCode()).isEqualTo(1);
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[3]");
        shop.rows("2.csv", 4, 4);

        assertThat(shop.run().exitCode()).isZero();

        assertThat(shop.hw().rows("select id from orders order by id")).containsExactly("[3]", "[4]");
    }

    @Test
    void aParquetFolderRunsNoStatementAndSaysSoWhenItIsPlanned() {
        for (String key : new String[] {"before", "after"}) {
            Shop shop = shop("parquet", key + ": select 1");

            Hw.Result plan = shop.hw().run("plan", "orders");

            assertThat(plan.exitCode()).as(plan.out() + plan.err()).isEqualTo(2);
            assertThat(plan.out() + plan.err())
                    .contains("Cannot append into orders: the target runs no SQL (load." + key + ")");
        }
    }
}
