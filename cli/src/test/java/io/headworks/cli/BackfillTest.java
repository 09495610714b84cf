package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw backfill} on a DuckDB source and target. */
final class BackfillTest {
    private static final String TEN_DAYS = "select i as id, 'c' || i % 3 as customer,"
            + " cast(i % 7 as decimal(18,2)) as amount,"
            + " timestamp '2024-01-01 00:00:00' + interval (i) hour as placed_at from range(0, 240) t(i)";

    @TempDir
    Path folder;

    private Hw hw;

    @BeforeEach
    void project() throws Exception {
        hw = new Hw(folder);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  shop_db: {type: duckdb, path: shop.duckdb}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """);
        hw.write("pipelines/orders.yml", """
                pipeline:
                  name: orders
                  owner: sales
                  extract:
                    connection: shop_db
                    table: orders
                    strategy: incremental
                    incremental_key: placed_at
                    slice: {by: placed_at, every: 1d, start: 2024-01-01}
                  load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
                """);
        source("create or replace table orders as " + TEN_DAYS);
    }

    private void source(String sql) throws Exception {
        try (var session = java.sql.DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.duckdb"));
                var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    private Hw.Result backfill(int exitCode, String... more) {
        String[] all = new String[more.length + 6];
        System.arraycopy(
                new String[] {"backfill", "orders", "--from", "2024-01-01", "--to", "2024-01-11"}, 0, all, 0, 6);
        System.arraycopy(more, 0, all, 6, more.length);
        Hw.Result result = hw.run(all);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result;
    }

    private Map<?, ?> newest() {
        return (Map<?, ?>)
                ((List<?>) Objects.requireNonNull(hw.json("backfill", "list").get("backfills"))).get(0);
    }

    private static Map<?, ?> part(Map<?, ?> backfill, int index) {
        return (Map<?, ?>) ((List<?>) Objects.requireNonNull(backfill.get("parts"))).get(index);
    }

    @Nested
    class ARange {
        @Test
        void isLoadedSliceBySliceTheNewestFirst() {
            Hw.Result result = backfill(0);

            assertThat(result.out()).contains("10 of 10 slices by placed_at, 2024-01-01 to 2024-01-11", "done; record");
            assertThat(result.err().indexOf("2024-01-10 to 2024-01-11"))
                    .isPositive()
                    .isLessThan(result.err().indexOf("2024-01-01 to 2024-01-02"));
            assertThat(hw.rows("select count(*), count(distinct id) from orders"))
                    .containsExactly("[240,240]");
            assertThat(hw.rows("select kind, count(*) from \"warehouse:headworks.ledger\" group by all"))
                    .containsExactly("[\"backfill\",10]");
        }

        @Test
        void leavesTheSameWhenItIsLoadedAgain() {
            backfill(0);
            backfill(0, "--oldest-first");

            assertThat(hw.rows("select count(*), count(distinct id) from orders"))
                    .containsExactly("[240,240]");
        }

        @Test
        void isMeasuredAndComparedWithItsSourceAndWrittenDown() throws Exception {
            backfill(0);
            source(
                    "insert into orders select i, 'late', 1, timestamp '2024-01-05 12:30:00' from range(1000, 1005) t(i)");
            backfill(0);

            Map<?, ?> part = part(newest(), 0);
            assertThat(part.get("before")).hasFieldOrPropertyWithValue("rows", 240L);
            assertThat(part.get("after"))
                    .hasFieldOrPropertyWithValue("rows", 245L)
                    .hasFieldOrPropertyWithValue("duplicates", 0L);
            assertThat(part.get("source_rows")).isEqualTo(245L);
            assertThat(part.get("rows_taken")).isEqualTo(245L);
            assertThat(Files.readString(Path.of(String.valueOf(newest().get("record")))))
                    .contains(
                            "# Backfill " + newest().get("backfill_id") + ": done", "## Scope", "## Findings", "None.")
                    .contains("| orders | 10 of 10 | 0 | 5 |");
        }

        @Test
        void leavesThePositionWhereItIs() {
            hw.run("run", "orders");
            backfill(0);

            assertThat(hw.run("run", "orders").out()).contains("every row is already there");
            assertThat(hw.rows("select count(*) from orders")).containsExactly("[240]");
        }

        @Test
        void endsWithThreeWhereKeysAreRepeated() throws Exception {
            backfill(0);
            try (var session =
                            java.sql.DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("warehouse.duckdb"));
                    var statement = session.createStatement()) {
                statement.execute("insert into orders (id, placed_at) values (9999, timestamp '2024-01-05 01:00:00'),"
                        + " (9999, timestamp '2024-01-05 02:00:00')");
            }

            Hw.Result result = backfill(3);

            assertThat(result.out()).contains("duplicates: 1 rows of orders repeat the key of another (before: 1)");
            assertThat(newest().get("status")).isEqualTo("partial");
        }

        @Test
        void isPlannedWithItsSlices() {
            assertThat(hw.run("plan", "orders", "--from", "2024-01-01", "--to", "2024-01-11")
                            .out())
                    .contains("10 slices of 1d, the first 2024-01-01 to 2024-01-02, the last 2024-01-10 to 2024-01-11");
        }

        @Test
        void isCutWhereDaysBeginInTheZone() throws Exception {
            source("create or replace table orders as select i as id, timestamptz '2024-01-01 00:00:00+01'"
                    + " + interval (i) hour as placed_at from range(0, 240) t(i)");
            hw.replace("pipelines/orders.yml", "start: 2024-01-01", "start: 2024-01-01, timezone: Europe/Rome");

            backfill(0);

            assertThat(hw.rows("select slice_from from \"warehouse:headworks.ledger\" order by slice_from limit 1"))
                    .containsExactly("[\"2023-12-31T23:00:00Z\"]");
            assertThat(hw.rows("select count(*) from orders")).containsExactly("[240]");
            assertThat(part(newest(), 0)).hasFieldOrPropertyWithValue("source_rows", 240L);
            assertThat(backfill(0, "--only", "missing").out()).contains("nothing to do");
        }

        @Test
        void isCutByAColumnOfDates() throws Exception {
            source("create or replace table orders as select i as id, date '2024-01-01' + cast(i // 24 as integer)"
                    + " as placed_at from range(0, 240) t(i)");

            backfill(0);

            assertThat(hw.rows("select count(*), count(distinct placed_at) from orders"))
                    .containsExactly("[240,10]");
            assertThat(backfill(0, "--only", "missing").out()).contains("nothing to do");
        }

        @Test
        void ofSeveralDatasetsIsLoadedSideBySide() {
            hw.write("pipelines/twin.yml", """
                    pipeline:
                      name: twin
                      extract: {connection: shop_db, table: orders, slice: {by: placed_at, every: 1d, start: 2024-01-01}}
                      load: {connection: warehouse, table: twin, strategy: append}
                    """);

            Hw.Result result = hw.run(
                    "backfill", "orders", "twin", "--from", "2024-01-01", "--to", "2024-01-11", "--parallel", "2");

            assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
            assertThat(hw.rows("select (select count(*) from orders), (select count(*) from twin),"
                            + " (select count(*) from orders join twin using (id, amount, placed_at))"))
                    .containsExactly("[240,240,240]");
            assertThat(hw.rows("select pipeline, count(*), count(distinct slice_from) from"
                            + " \"warehouse:headworks.ledger\" group by all order by all"))
                    .containsExactly("[\"orders\",10,10]", "[\"twin\",10,10]");
        }

        @Test
        void ofAGuardedEnvironmentNeedsAReason() throws Exception {
            hw.replace(
                    "headworks.yml",
                    "connections:",
                    "environments: {prod: {guard: true, default: true}}\nconnections:");

            assertThat(backfill(8).err()).contains("Cannot run in environment prod: it is guarded");
            assertThat(folder.resolve("warehouse.duckdb")).doesNotExist();
            assertThat(backfill(0, "--plan").out()).contains("10 of 10 slices");
            assertThat(backfill(0, "--force", "amounts were wrong").out()).contains("done; record");
            assertThat(Files.readString(Path.of(String.valueOf(newest().get("record")))))
                    .contains("amounts were wrong");
        }

        @Test
        void isShownWithoutBeingLoaded() {
            Hw.Result plan = backfill(0, "--plan");

            assertThat(plan.out()).contains("load again     orders (warehouse:orders): 10 of 10 slices");
            assertThat(folder.resolve("warehouse.duckdb")).doesNotExist();
            assertThat(hw.run("backfill", "list").out()).contains("there is no backfill");
        }
    }

    @Nested
    class Only {
        @Test
        void missingIsWhatWasNeverLoaded() {
            hw.run("run", "orders", "--from", "2024-01-03", "--to", "2024-01-05");
            hw.run("run", "orders", "--from", "2024-01-07", "--to", "2024-01-07T12:00:00");

            Hw.Result plan = backfill(0, "--only", "missing", "--plan");

            assertThat(plan.out())
                    .as("half a day is not the day")
                    .contains("8 of 10 slices by placed_at, 2024-01-01 to 2024-01-03 and 1 more ranges");
            backfill(0, "--only", "missing");
            assertThat(backfill(0, "--only", "missing").out()).contains("nothing to do");
        }

        @Test
        void staleIsWhatAnotherDefinitionLoaded() {
            backfill(0);
            assertThat(backfill(0, "--only", "stale").out()).contains("nothing to do");
            hw.replace("pipelines/orders.yml", "owner: sales", "owner: finance");
            assertThat(backfill(0, "--only", "stale").out()).contains("nothing to do");

            hw.replace(
                    "pipelines/orders.yml",
                    "table: orders\n    strategy",
                    "table: orders\n    where: \"id % 2 = 0\"\n    strategy");
            hw.run("run", "orders", "--from", "2024-01-10", "--to", "2024-01-11");

            assertThat(backfill(0, "--only", "stale", "--plan").out())
                    .contains("9 of 10 slices by placed_at, 2024-01-01 to 2024-01-10");
        }

        @Test
        void failedIsWhatFailedLast() throws Exception {
            hw.replace("pipelines/orders.yml", "slice:", "allow_empty: false\n    slice:");
            backfill(0);
            source("delete from orders where placed_at >= '2024-01-04' and placed_at < '2024-01-05'");

            Hw.Result broken = backfill(1);

            assertThat(broken.out())
                    .contains("Cannot load an empty slice: the source gave no row of 2024-01-04T00:00 to"
                            + " 2024-01-05T00:00, and orders has 24");
            assertThat(hw.rows("select count(*) from orders")).containsExactly("[240]");
            assertThat(newest().get("status")).isEqualTo("failed");
            source("insert into orders select * from (" + TEN_DAYS
                    + ") where placed_at >= '2024-01-04' and placed_at < '2024-01-05'");
            assertThat(backfill(0, "--only", "failed").out())
                    .contains("1 of 10 slices by placed_at, 2024-01-04 to 2024-01-05");
            assertThat(backfill(0, "--only", "failed").out()).contains("nothing to do");
        }
    }

    @Nested
    class AnEmptySlice {
        @Test
        void isLoadedWhereTheTableHasNoneEither() throws Exception {
            source("delete from orders where placed_at >= '2024-01-04' and placed_at < '2024-01-06'");

            backfill(0);

            assertThat(hw.rows("select count(*) from orders")).containsExactly("[192]");
            assertThat(backfill(0, "--only", "missing").out()).contains("nothing to do");
        }
    }

    @Nested
    class Downstream {
        @BeforeEach
        void readers() {
            hw.write("models/models.yml", "defaults: {load: {connection: warehouse, strategy: truncate-reload}}\n");
            hw.write("models/by_customer.sql", "select customer, sum(amount) as amount from orders group by all");
            hw.write("models/top.sql", "select max(amount) as amount from by_customer");
        }

        @Test
        void isNamedAndLeftAloneUnlessAskedFor() {
            Hw.Result result = backfill(0);

            assertThat(result.out())
                    .contains("affects        by_customer, not made again (--downstream does)", "affects        top");
            assertThat(hw.run("query", "select * from by_customer").exitCode()).isNotZero();
        }

        @Test
        void isMadeAgainInOrder() {
            backfill(0, "--downstream");

            assertThat(hw.rows("select amount from top")).containsExactly("[240.00]");
            assertThat(part(newest(), 2))
                    .hasFieldOrPropertyWithValue("pipeline", "top")
                    .hasFieldOrPropertyWithValue("done", 1L);
        }

        @Test
        void thatGoesOnFromAPositionIsRefused() {
            hw.write("pipelines/copy.yml", """
                    pipeline:
                      name: copy
                      extract: {connection: warehouse, table: orders, strategy: incremental, incremental_key: placed_at}
                      load: {connection: shop_db, table: copies, strategy: upsert, merge_keys: [id]}
                    """);

            Hw.Result refused = backfill(2, "--downstream");

            assertThat(refused.err()).contains("copy goes on from its position, and would not see the rows");
            assertThat(folder.resolve("warehouse.duckdb")).doesNotExist();
        }
    }

    @Nested
    class Refusals {
        @Test
        void areAllToldAtOnce() {
            hw.write("pipelines/whole.yml", """
                    pipeline:
                      name: whole
                      extract: {connection: shop_db, table: orders, strategy: full, slice: {by: placed_at}}
                      load: {connection: warehouse, table: whole, strategy: truncate-reload}
                    """);
            hw.write("pipelines/plain.yml", """
                    pipeline:
                      name: plain
                      extract: {connection: shop_db, table: orders, strategy: full}
                      load: {connection: warehouse, table: plain, strategy: upsert, merge_keys: [id]}
                    """);

            Hw.Result refused = hw.run("backfill", "*", "--from", "2023-01-01", "--to", "2023-02-01");

            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("the history of orders begins at 2024-01-01")
                    .contains("plain has no extract.slice")
                    .contains("whole is loaded by truncate-reload");
            assertThat(hw.run("backfill", "orders").err()).contains("--from and --to say which range");
            assertThat(hw.run("backfill").err()).contains("no pipeline is named");
            assertThat(hw.run("backfill", "orders", "--from", "2024-02-01", "--to", "2024-01-01")
                            .err())
                    .contains("2024-02-01 to 2024-01-01 is no range");
            assertThat(hw.run("backfill", "orders", "--only", "gone").err())
                    .contains("allowed: missing, failed, stale");
            assertThat(hw.run("backfill", "resume", "0000").err())
                    .contains("Cannot find backfill '0000': none begins so");
        }
    }

    @Nested
    class Resuming {
        @Test
        void doesWhatIsLeft() throws Exception {
            backfill(0);
            source("delete from orders where placed_at >= '2024-01-02' and placed_at < '2024-01-05'");
            backfill(1, "--oldest-first");
            assertThat(part(newest(), 0))
                    .hasFieldOrPropertyWithValue("done", 1L)
                    .hasFieldOrPropertyWithValue("failed", 3L);
            source("insert into orders select * from (" + TEN_DAYS
                    + ") where placed_at >= '2024-01-02' and placed_at < '2024-01-05'");

            Hw.Result resumed = hw.run("backfill", "resume", String.valueOf(newest().get("backfill_id")));

            assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
            assertThat(resumed.err())
                    .contains("2024-01-02 to 2024-01-03", "2024-01-10 to 2024-01-11")
                    .doesNotContain("2024-01-01 to 2024-01-02");
            assertThat(part(newest(), 0)).hasFieldOrPropertyWithValue("done", 10L);
            assertThat(hw.run("backfill", "resume", String.valueOf(newest().get("backfill_id")))
                            .err())
                    .contains("every slice of it was loaded");
        }

        @Test
        void isRefusedWhenTheDefinitionIsAnother() throws Exception {
            backfill(0);
            source("delete from orders where placed_at < '2024-01-02'");
            backfill(1);
            String id = String.valueOf(newest().get("backfill_id"));
            hw.replace("pipelines/orders.yml", "merge_keys: [id]", "merge_keys: [id], order_by: placed_at");

            Hw.Result refused = hw.run("backfill", "resume", id);

            assertThat(refused.exitCode()).isEqualTo(8);
            assertThat(refused.err()).contains("orders is defined otherwise now");
            assertThat(hw.run("backfill", "cancel", id).out()).contains("cancelled");
            assertThat(hw.run("backfill", "resume", id).err()).contains("it was cancelled");
        }
    }
}
