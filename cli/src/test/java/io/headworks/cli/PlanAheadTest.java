package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of what reads tables that other runs of the same plan will make or change. */
final class PlanAheadTest {
    @TempDir
    Path folder;

    private Hw hw;

    @BeforeEach
    void project() {
        hw = new Hw(folder);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: data}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """);
        hw.write("pipelines/orders.yml", """
                pipeline:
                  name: load_orders
                  extract:
                    connection: landing
                    path: "orders*.csv"
                    columns: {id: bigint, customer: text, amount: "decimal(18,2)"}
                  load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
                """);
        hw.write("pipelines/mart.yml", """
                pipeline:
                  name: mart
                  extract: {connection: warehouse, table: orders, columns: [id, customer]}
                  transform:
                    stages:
                      - name: named
                        operations:
                          - lookup: {table: totals, match: {customer: customer}, take: [amount]}
                  load: {connection: warehouse, table: mart, strategy: truncate-reload}
                """);
        hw.write("models/models.yml", "defaults: {load: {connection: warehouse, strategy: truncate-reload}}\n");
        hw.write("models/totals.sql", "select customer, sum(amount) as amount from stg_orders group by customer");
        hw.write("models/stg_orders.sql", "/* model\nload: {strategy: view}\n*/\nselect * from orders");
        hw.write("data/orders1.csv", "id,customer,amount\n1,ada,10.00\n2,bob,20.00\n3,ada,5.50\n");
    }

    private String ran(int exitCode, String... arguments) {
        Hw.Result result = hw.run(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result.out() + result.err();
    }

    @Test
    void aFreshProjectIsPlannedFromTheColumnsToCome() {
        assertThat(ran(0, "plan", "+mart"))
                .contains(
                        "totals → warehouse:totals",
                        "customer text, amount decimal(38,2)",
                        "note           planned over the columns that stg_orders will give warehouse:stg_orders",
                        "note           planned over the columns that load_orders will give warehouse:orders",
                        "note           planned over the columns that totals will give warehouse:totals");
        assertThat(folder.resolve("warehouse.duckdb")).doesNotExist();
    }

    @Test
    void whatIsApprovedAheadIsWhatRuns() {
        Path plan = folder.resolve("all.plan");
        ran(0, "plan", "--out", plan.toString());

        ran(0, "run", "--plan", plan.toString());

        assertThat(hw.rows("select id, amount from mart order by id"))
                .containsExactly("[1,15.50]", "[2,20.00]", "[3,15.50]");
    }

    @Test
    void aMistakeInWhatReadsThemIsFoundBeforeAnythingIsMade() {
        hw.replace("pipelines/mart.yml", "columns: [id, customer]", "columns: [id, custommer]");
        assertThat(ran(2, "plan"))
                .contains(
                        "mart cannot be planned: Cannot read orders: no column custommer in what load_orders will write"
                                + " (columns: id, customer, amount, _hw_run");
        hw.write("models/totals.sql", "select customer, sum(amuont) as amount from stg_orders group by customer");
        assertThat(ran(2, "plan"))
                .contains(
                        "totals cannot be planned",
                        "amuont",
                        "Cannot read warehouse:totals: there is no such table yet");
    }

    @Test
    void aColumnThatComesWithThePlanCanBeRead() {
        ran(0, "run", "--all");
        hw.replace("pipelines/orders.yml", "18,2)\"}", "18,2)\", channel: text}");
        hw.write("data/orders1.csv", "id,customer,amount,channel\n1,ada,10.00,web\n");
        hw.write("models/channels.sql", "select distinct channel from orders");

        assertThat(ran(0, "plan", "+channels")).contains("channel text", "columns that load_orders will give");
        assertThat(ran(2, "plan", "channels")).contains("channel");
        ran(0, "run", "+channels");
        assertThat(ran(0, "plan", "+channels")).doesNotContain("will give");
    }

    @Test
    void aTableThatNobodyWillMakeIsStillMissing() {
        assertThat(ran(1, "plan", "totals"))
                .contains("Cannot read warehouse:stg_orders: there is no such table yet", "hw run stg_orders");
    }
}
