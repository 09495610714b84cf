package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of volume that are judged against earlier runs. */
final class VolumeHistoryTest {
    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void project() {
        shop = new Shop(folder, "duckdb").pipeline("""
                        extract: {connection: landing, path: "*.csv", strategy: incremental}
                        load: {connection: warehouse, table: orders, strategy: append}
                        quality_gates:
                          post_load:
                            - volume: {name: of runs, change: 50%, against: 7d}
                            - volume: {name: of table, change: 50%, against: 7d, per: table}
                        """);
    }

    private void load(String name, int from, int to) {
        shop.rows(name, from, to);
        Hw.Result run = shop.run();
        assertThat(run.exitCode()).as(name + run.out() + run.err()).isZero();
    }

    @Test
    void isUnverifiedAndSaysSoUntilThereIsHistory() {
        load("1.csv", 1, 10);

        assertThat(shop.check("of runs").get("status")).isEqualTo("unverified");
        assertThat(shop.check("of runs").get("observed"))
                .isEqualTo("10 rows, not compared: not enough history (0 earlier counts in 7d, 3 are needed)");
        assertThat(shop.check("of table").get("status")).isEqualTo("unverified");
        assertThat(shop.log().get("status")).as("no other check ran").isEqualTo("unverified");
    }

    @Test
    void boundsPerRunOfACheckFileAreThoseOfTheNewestRun() {
        shop.hw().write("checks/orders.yml", """
                        checks:
                          table: warehouse:orders
                          run:
                            - volume: {name: bounds of run, min: 1, max: 20, per: run}
                            - volume: {name: bounds of table, min: 25, per: table}
                        """);
        load("1.csv", 1, 15);
        load("2.csv", 16, 30);

        assertThat(Shop.check(shop.hw().json("check"), "bounds of run").get("observed"))
                .isEqualTo("15");
        assertThat(Shop.check(shop.hw().json("check"), "bounds of table").get("observed"))
                .isEqualTo("30");
        load("3.csv", 31, 51);
        Hw.Result look = shop.hw().run("check", "--output", "json");
        assertThat(look.exitCode()).isEqualTo(1);
        assertThat(Shop.check(look.document(), "bounds of run").get("status")).isEqualTo("failed");
        assertThat(Shop.check(look.document(), "bounds of run").get("observed")).isEqualTo("21");
    }

    @Test
    void aRunBringsItsRowsAlsoWhereTheyAreThereAlready() {
        shop.pipeline("""
                        extract: {connection: landing, path: "*.csv", strategy: full}
                        load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
                        quality_gates: {post_load: [{volume: {name: bounds, min: 10, per: run}}]}
                        """);
        load("1.csv", 1, 10);
        load("2.csv", 1, 10);

        assertThat(shop.check("bounds").get("observed")).isEqualTo("20"); // both files
    }

    @Nested
    class OnceThereIsHistory {
        @BeforeEach
        void threeRuns() {
            load("1.csv", 1, 100);
            load("2.csv", 101, 110);
            load("3.csv", 111, 120);
        }

        @Test
        void aRunLikeTheOthersPasses() {
            load("4.csv", 121, 135);

            assertThat(shop.check("of runs").get("status")).isEqualTo("passed");
            assertThat(shop.check("of runs").get("observed"))
                    .isEqualTo("15 rows against a median of 10 (3 earlier counts in 7d)");
            assertThat(shop.check("of table").get("observed"))
                    .isEqualTo("135 rows against a median of 110 (3 earlier counts in 7d)");
            assertThat(shop.log().get("status")).isEqualTo("success");
        }

        @Test
        void aRunUnlikeThemIsPublishedAndPartial() {
            shop.rows("4.csv", 121, 136);

            Hw.Result run = shop.run();

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(shop.check("of runs").get("status")).isEqualTo("failed");
            assertThat(shop.check("of table").get("status")).isEqualTo("passed");
            assertThat(shop.log().get("status")).isEqualTo("partial");
            assertThat(shop.log().get("notes").toString())
                    .contains("incident: P1 of runs (observed 16 rows against a median of 10");
            assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[136]");
        }

        @Test
        void aFailedRunIsNoHistory() {
            shop.file("4.csv", "id,amount", "121,x");
            assertThat(shop.run().exitCode()).isEqualTo(1);
            load("4.csv", 121, 130);

            assertThat(shop.check("of runs").get("observed").toString()).contains("3 earlier counts");
        }

        @Test
        void aCheckFileLooksAtTheNewestRunAndRemembersTheTable() {
            shop.hw().write("checks/orders.yml", """
                            checks:
                              table: warehouse:orders
                              run:
                                - volume: {name: newest run, change: 50%, against: 7d}
                                - volume: {name: whole, change: 1%, against: 7d, per: table}
                            """);
            load("4.csv", 121, 130);

            for (int look = 0; look < 3; look++) {
                assertThat(Shop.check(shop.hw().json("check"), "whole").get("observed"))
                        .isEqualTo("130 rows, not compared: not enough history (" + look
                                + " earlier counts in 7d, 3 are needed)");
            }
            assertThat(Shop.check(shop.hw().json("check"), "newest run").get("observed"))
                    .isEqualTo("10 rows against a median of 10 (3 earlier counts in 7d)");
            shop.rows("5.csv", 131, 160);
            assertThat(shop.run().exitCode()).isEqualTo(1);
            Hw.Result look = shop.hw().run("check", "--output", "json");
            assertThat(look.exitCode()).isEqualTo(1);
            assertThat(Shop.check(look.document(), "newest run").get("status")).isEqualTo("failed");
            assertThat(Shop.check(look.document(), "whole").get("status")).isEqualTo("failed");
        }
    }
}
