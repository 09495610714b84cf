package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lookup} in a table with history as a user meets it: validate, plan, run. */
final class LookupRunTest {
    private static final String FOUND =
            "select o.order_id, c.city, c.valid_from::date::text, c._hw_history = 'inferred' from orders o left join"
                    + " customers c on c.customer_sk = o.customer_sk order by o.order_id";

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
                    scd: {default: 2, columns: {email: 1}, valid_at: updated_at, names: {surrogate: customer_sk}}
                """);
        orders("missing: unknown");
        customers("one", "1,Rome,a@x,2024-01-01", "1,Bari,a@x,2024-03-01", "2,Oslo,b@x,2024-01-01");
    }

    private void orders(String missing) {
        hw.write("pipelines/orders.yml", """
                pipeline:
                  name: orders
                  extract:
                    connection: landing
                    path: "orders/*.csv"
                    strategy: incremental
                    columns: {order_id: bigint, customer_id: bigint, placed_at: timestamp}
                  transform:
                    stages:
                      - name: enrich
                        operations:
                          - lookup: {table: customers, match: {customer_id: customer_id}, as_of: placed_at, take: [customer_sk], %s}
                  load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [order_id]}
                """.formatted(missing));
    }

    private void customers(String file, String... rows) {
        hw.write(
                "data/customers/" + file + ".csv",
                "customer_id,city,email,updated_at\n" + String.join("\n", rows) + "\n");
    }

    private void ordered(String file, String... rows) {
        hw.write("data/orders/" + file + ".csv", "order_id,customer_id,placed_at\n" + String.join("\n", rows) + "\n");
    }

    private Hw.Result run(String pipeline) {
        Hw.Result result = hw.run("run", pipeline);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    @Test
    void takesTheVersionOfItsTimeOrTheUnknownMember() {
        run("customers");
        ordered("one", "1,1,2024-01-01", "2,1,2024-02-29", "3,1,2024-03-01", "4,1,2023-12-31", "5,9,2024-01-01");

        run("orders");

        assertThat(hw.rows(FOUND))
                .containsExactly(
                        "[1,\"Rome\",\"2024-01-01\",false]",
                        "[2,\"Rome\",\"2024-01-01\",false]",
                        "[3,\"Bari\",\"2024-03-01\",false]",
                        "[4,null,null,null]",
                        "[5,null,null,null]");
        assertThat(hw.rows("select distinct customer_sk from orders where order_id > 3"))
                .containsExactly("[-1]");
    }

    @Test
    void failsOrRejectsWithTheReason() {
        orders("missing: reject");
        run("customers");
        ordered("one", "1,1,2024-01-01", "4,1,2023-12-31");

        Hw.Result result = hw.run("run", "orders");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out() + result.err())
                .contains("no version holds at placed_at = '2023-12-31 00:00:00' for customer_id = '1'");
    }

    @Test
    void infersMembersThatTheirRowsFillLaterWithoutANewVersion() {
        orders("missing: infer");
        run("customers");
        ordered("one", "1,1,2024-02-01", "2,7,2024-02-01", "3,7,2019-02-01", "4,8,2024-02-01");

        assertThat(run("orders").err()).contains("inferred: 2 members of customers");
        assertThat(hw.rows(FOUND))
                .containsExactly(
                        "[1,\"Rome\",\"2024-01-01\",false]",
                        "[2,null,\"1000-01-01\",true]",
                        "[3,null,\"1000-01-01\",true]",
                        "[4,null,\"1000-01-01\",true]");

        ordered("two", "5,7,2024-02-02");
        assertThat(run("orders").err()).doesNotContain("inferred:");

        customers("two", "7,Pisa,p@x,2024-02-15", "7,Lucca,p@x,2024-04-01");
        run("customers");
        assertThat(hw.rows(FOUND))
                .containsExactly(
                        "[1,\"Rome\",\"2024-01-01\",false]",
                        "[2,\"Pisa\",\"1000-01-01\",false]",
                        "[3,\"Pisa\",\"1000-01-01\",false]",
                        "[4,null,\"1000-01-01\",true]",
                        "[5,\"Pisa\",\"1000-01-01\",false]");
        assertThat(hw.rows("select city, email from customers where customer_id = 7 order by valid_from"))
                .containsExactly("[\"Pisa\",\"p@x\"]", "[\"Lucca\",\"p@x\"]");
    }

    @Test
    void rekeysFactsWhenALateRowChangesTheirVersion() {
        orders("missing: unknown, rekey: 36500d");
        run("customers");
        ordered("one", "1,1,2024-02-01", "2,1,2024-02-20", "3,7,2024-02-01");
        run("orders");
        customers("two", "1,Pisa,a@x,2024-02-10", "7,Lucca,x@x,2024-01-01");

        assertThat(hw.run("plan", "customers").out())
                .contains("rekey", "customer_sk in orders where versions of their keys change");
        assertThat(run("customers").err()).contains("rekeyed: 2 rows of orders");

        assertThat(hw.rows(FOUND))
                .containsExactly(
                        "[1,\"Rome\",\"2024-01-01\",false]",
                        "[2,\"Pisa\",\"2024-02-10\",false]",
                        "[3,\"Lucca\",\"2024-01-01\",false]");
    }

    @Test
    void leavesOlderFactsAndSaysSo() {
        orders("missing: unknown, rekey: 1d");
        run("customers");
        ordered("one", "1,1,2024-02-20");
        run("orders");
        customers("two", "1,Pisa,a@x,2024-02-10");

        assertThat(run("customers").err())
                .contains("not rekeyed: 1 row of orders that would have another version now, older than rekey says");
        assertThat(hw.rows(FOUND)).containsExactly("[1,\"Rome\",\"2024-01-01\",false]");
    }

    @Test
    void aFailedLoadLeavesNoMemberBehind() {
        orders("missing: infer");
        hw.replace(
                "pipelines/orders.yml",
                "strategy: upsert, merge_keys: [order_id]}",
                "strategy: upsert, merge_keys: [order_id]}\n  quality_gates: {post_load: [{volume: {max: 1}}]}");
        run("customers");
        ordered("one", "2,7,2024-02-01", "4,8,2024-02-01");

        assertThat(hw.run("run", "orders").exitCode()).isEqualTo(3);

        assertThat(hw.rows("select count(*) from customers where _hw_history = 'inferred'"))
                .containsExactly("[0]");
    }

    @Test
    void isPlannedAndValidated() {
        orders("missing: infer");
        assertThat(hw.run("validate").exitCode()).isZero();
        run("customers");
        ordered("one", "2,7,2024-02-01");
        Hw.Result plan = hw.run("plan", "orders", "--sql");
        assertThat(plan.exitCode()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("ASOF LEFT JOIN");
        assertThat(hw.run("run", "orders", "--dry-run").exitCode()).isZero();
        assertThat(hw.rows("select count(*) from customers where _hw_history = 'inferred'"))
                .containsExactly("[0]");
    }
}
