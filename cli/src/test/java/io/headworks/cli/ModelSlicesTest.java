package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slices of SQL models: the rows of a range of a column that the SELECT gives, and no others. */
final class ModelSlicesTest {
    private static final String BY_DAY =
            "select cast(placed_at as date) as day, count(*) as orders, sum(amount) as amount from orders group by all";

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
                  extract:
                    connection: shop_db
                    table: orders
                    slice: {by: placed_at, every: 1d, start: 2024-01-01}
                  load: {connection: warehouse, table: orders, strategy: merge, merge_keys: [id]}
                """);
        source("create or replace table orders as select i as id, cast(i % 7 as decimal(18,2)) as amount,"
                + " timestamp '2024-01-01 00:00:00' + interval (i) hour as placed_at from range(0, 240) t(i)");
        run(0, "run", "orders");
    }

    private void source(String sql) throws Exception {
        try (var session = java.sql.DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.duckdb"));
                var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    private void model(String load, String sql) throws Exception {
        hw.write(
                "models/by_day.sql",
                "/* model\nslice: {by: day, every: 1d, start: 2024-01-01}\nload: {connection: warehouse, " + load
                        + "}\n*/\n" + sql + "\n");
    }

    private Hw.Result run(int exitCode, String... arguments) {
        Hw.Result result = hw.run(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result;
    }

    private List<String> days() {
        return hw.rows("select day, orders, amount from by_day order by all");
    }

    private List<String> expected(String where) {
        return hw.rows("select cast(placed_at as date) as day, count(*), sum(amount) from orders where " + where
                + " group by all order by all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "strategy: append",
                "strategy: upsert, merge_keys: [day]",
                "strategy: merge, merge_keys: [day]",
                "strategy: partition-swap, partition_key: day",
            })
    void aRangeIsLoadedAloneAndAgainWithoutDoubling(String load) throws Exception {
        model(load, BY_DAY);
        run(0, "run", "by_day", "--from", "2024-01-03", "--to", "2024-01-06");
        assertThat(days()).hasSize(3).isEqualTo(expected("placed_at >= '2024-01-03' and placed_at < '2024-01-06'"));

        run(0, "run", "by_day", "--from", "2024-01-05", "--to", "2024-01-08");
        assertThat(days()).hasSize(5).isEqualTo(expected("placed_at >= '2024-01-03' and placed_at < '2024-01-08'"));
        assertThat(hw.rows("select kind, slice_from, slice_to from \"warehouse:headworks.ledger\""
                        + " where pipeline = 'by_day' order by run_number"))
                .hasSize(2)
                .allMatch(row -> row.contains("slice"));
    }

    @Test
    void aBackfillLoadsItAfterWhatItReads() throws Exception {
        model("strategy: merge, merge_keys: [day]", BY_DAY);
        run(0, "backfill", "by_day", "--from", "2024-01-01", "--to", "2024-01-11");
        assertThat(days()).hasSize(10).isEqualTo(expected("true"));

        source("update orders set amount = amount + 1 where placed_at >= '2024-01-04' and placed_at < '2024-01-06'");
        Hw.Result result = run(0, "backfill", "orders", "--downstream", "--from", "2024-01-04", "--to", "2024-01-06");
        assertThat(result.out()).contains("2 of 2 slices by day");
        assertThat(days()).hasSize(10).isEqualTo(expected("true"));
        Map<?, ?> part = (Map<?, ?>) ((List<?>) Objects.requireNonNull(((Map<?, ?>) ((List<?>) Objects.requireNonNull(
                                        hw.json("backfill", "list").get("backfills")))
                                .get(0))
                        .get("parts")))
                .get(1);
        assertThat(part.get("source_rows")).isEqualTo(2L);
        assertThat(part.get("rows_taken")).isEqualTo(2L);
    }

    @Test
    void rowsThatTheInputHasNoMoreGoFromTheSliceAndFromNoOther() throws Exception {
        model(
                "strategy: merge, merge_keys: [id]",
                "select id, cast(placed_at as date) as day, 1 as orders, amount from orders");
        run(0, "run", "by_day");
        source("delete from orders where id in (0, 100)");
        run(0, "run", "orders");
        run(0, "run", "by_day", "--from", "2024-01-05", "--to", "2024-01-06");
        assertThat(hw.rows("select id from by_day where id in (0, 100)")).containsExactly("[0]");
    }

    /** What a model goes on from is not moved by a slice, and a slice is all of its rows. */
    @Test
    void aModelThatGoesOnFromWhatChangedKeepsItsPosition() throws Exception {
        model(
                "strategy: upsert, merge_keys: [id]",
                "select o.id, cast(o.placed_at as date) as day, 1 as orders, o.amount from orders as o"
                        + " where {{ changed(o) }}");
        run(0, "run", "by_day");
        source("update orders set amount = 99 where id in (30, 200)");
        run(0, "run", "orders");
        run(0, "run", "by_day", "--from", "2024-01-02", "--to", "2024-01-03");
        assertThat(hw.rows("select id from by_day where amount = 99")).containsExactly("[30]");

        run(0, "run", "by_day");
        assertThat(hw.rows("select id from by_day where amount = 99 order by id"))
                .containsExactly("[30]", "[200]");
    }

    @Test
    void whatCannotBeLoadedBySlicesIsRefused() throws Exception {
        model("strategy: truncate-reload", BY_DAY);
        refused("run", "a slice would take the place of the whole table");
        model("strategy: view", BY_DAY);
        refused("run", "it stores nothing that could be loaded by a slice");
        refused("backfill", "by_day is a view, which stores nothing");
        model("strategy: merge, merge_keys: [a]", "select 1 as a from orders");
        refused("run", "the source has no such column");
    }

    @Test
    void allRowsAtOnceWouldBeAddedToThoseOfSlices() throws Exception {
        model("strategy: append", BY_DAY);
        run(0, "run", "by_day", "--from", "2024-01-02", "--to", "2024-01-03");
        Hw.Result whole = run(2, "run", "by_day");
        assertThat(whole.out() + whole.err()).contains("append would double the rows of a repeated run");
    }

    private void refused(String command, String why) {
        Hw.Result result = run(2, command, "by_day", "--from", "2024-01-02", "--to", "2024-01-03");
        assertThat(result.out() + result.err()).contains(why);
    }
}
