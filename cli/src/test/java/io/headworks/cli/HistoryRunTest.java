package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code load.scd} as a user meets it: validate, plan, run. */
final class HistoryRunTest {
    private static final String VERSIONS =
            "select city, email, valid_from::date::text, valid_to::date::text, is_current from customers order by"
                    + " customer_id, valid_from";

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
        pipeline("{default: 2, columns: {email: 1}, valid_at: updated_at, names: {surrogate: customer_sk}}");
        customers("one", "1,Rome,a@x,2024-01-01", "2,Oslo,b@x,2024-01-01");
    }

    private void pipeline(String scd) {
        hw.write("pipelines/customers.yml", """
                pipeline:
                  name: customers
                  extract:
                    connection: landing
                    path: "customers/*.csv"
                    strategy: incremental
                    columns: {customer_id: bigint, city: text, email: text, updated_at: timestamp}
                  load:
                    connection: warehouse
                    table: customers
                    strategy: merge
                    merge_keys: [customer_id]
                    scd: %s
                """.formatted(scd));
    }

    private void customers(String file, String... rows) {
        hw.write(
                "data/customers/" + file + ".csv",
                "customer_id,city,email,updated_at\n" + String.join("\n", rows) + "\n");
    }

    private Hw.Result run() {
        Hw.Result result = hw.run("run", "customers");
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    @Test
    void isValidatedAndPlanned() {
        assertThat(hw.run("validate").exitCode()).isZero();

        Hw.Result plan = hw.run("plan", "customers");

        assertThat(plan.exitCode()).as(plan.err()).isZero();
        assertThat(plan.out())
                .contains("history        type 1 overwrites all versions: email")
                .contains("history        type 2 opens a version: all others")
                .contains("history        in time by updated_at, deletes: close")
                .contains("valid_from timestamp, valid_to timestamp, is_current boolean, _hw_confirmed_at timestamp");
    }

    @Test
    void opensVersionsSplitsThemByLateRowsAndWritesNothingTwice() {
        run();
        customers("two", "1,Bari,c@x,2024-03-01", "2,Oslo,b@x,2024-03-01");
        assertThat(run().err()).contains("versions: 1 opened, 1 ended");
        assertThat(hw.rows(VERSIONS))
                .containsExactly(
                        "[\"Rome\",\"c@x\",\"2024-01-01\",\"2024-03-01\",false]",
                        "[\"Bari\",\"c@x\",\"2024-03-01\",\"9999-12-31\",true]",
                        "[\"Oslo\",\"b@x\",\"2024-01-01\",\"9999-12-31\",true]");

        customers("late", "2,Bergen,late@x,2024-02-01");
        assertThat(run().err()).contains("versions: 2 opened, 1 ended, 1 split by late rows");
        assertThat(hw.rows(VERSIONS))
                .endsWith(
                        "[\"Oslo\",\"b@x\",\"2024-01-01\",\"2024-02-01\",false]",
                        "[\"Bergen\",\"b@x\",\"2024-02-01\",\"2024-03-01\",false]",
                        "[\"Oslo\",\"b@x\",\"2024-03-01\",\"9999-12-31\",true]");

        String written = "select max(_hw_run) from customers";
        var before = hw.rows(written);
        customers("again", "1,Bari,c@x,2024-03-01", "2,Bergen,b@x,2024-02-01");
        run();
        assertThat(hw.rows(written)).isEqualTo(before);
    }

    @Test
    void anotherDeclarationIsRefusedWithTheMigration() {
        run();
        customers("two", "1,Bari,c@x,2024-03-01");
        pipeline("{default: 2, columns: {email: 1}, valid_at: updated_at, names: {surrogate: sk}}");

        Hw.Result result = hw.run("run", "customers");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.out() + result.err())
                .contains("the table was not written with this history: it has no column sk, and its customer_sk is not"
                        + " part of it")
                .contains("ALTER TABLE customers RENAME COLUMN customer_sk TO sk;");

        pipeline("{default: 2, columns: {email: 1, city: 1}, valid_at: updated_at, names: {surrogate: customer_sk}}");
        result = hw.run("run", "customers");
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.out() + result.err()).contains("column 'city' was tracked as type 2 and scd now says 1");
    }

    @Test
    void aSecondTableIsPublishedTogetherOrRefused() {
        pipeline("{default: 2, columns: {email: 4}, valid_at: updated_at}");
        run();
        customers("two", "1,Rome,c@x,2024-03-01");
        run();
        assertThat(hw.rows(
                        "select email, valid_to::date::text from customers_history order by customer_id, valid_from"))
                .containsExactly("[\"a@x\",\"2024-03-01\"]", "[\"c@x\",\"9999-12-31\"]", "[\"b@x\",\"9999-12-31\"]");
        assertThat(hw.rows("select email from customers order by customer_id"))
                .containsExactly("[\"c@x\"]", "[\"b@x\"]");

        hw.replace("headworks.yml", "{type: duckdb, path: warehouse.duckdb}", "{type: parquet, path: lake}");
        Hw.Result refused = hw.run("plan", "customers");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out() + refused.err())
                .contains("columns of type 4 keep their versions in a second table, and this target publishes one at a"
                        + " time (allowed: types 1, 2, 3, 6)");
    }

    @Test
    void whatMakesNoSenseIsSaidAtOnce() {
        pipeline("{default: 1, deletes: close, names: {from: x, to: x}}");

        Hw.Result result = hw.run("validate");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out() + result.err())
                .contains("Cannot use load.scd.deletes: 'close' needs versions, and no column is of type 2 or 6")
                .contains("Cannot use load.scd.names: 'x' is used twice");
    }
}
