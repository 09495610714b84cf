package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL models from the command line. */
final class ModelRunTest {
    @TempDir
    Path folder;

    private Hw hw;

    @BeforeEach
    void project() {
        hw = new Hw(folder);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                variables: {smallest: {type: integer, default: 0}}
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
                    strategy: incremental
                    columns: {id: bigint, customer: text, amount: "decimal(18,2)"}
                  load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
                """);
        hw.write("data/orders1.csv", "id,customer,amount\n1,ada,10.00\n2,bob,20.00\n3,ada,5.50\n");
        hw.write("models/models.yml", "defaults: {load: {connection: warehouse, strategy: truncate-reload}}\n");
    }

    private void run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "run";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Hw.Result result = hw.run(all);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    private Map<?, ?> lastRun(String pipeline) {
        return (Map<?, ?>) hw.json("log", pipeline).get("run");
    }

    @Nested
    class AModel {
        @Test
        void isLoadedAfterWhatItReads() {
            hw.write("models/by_customer.sql", """
                    SELECT customer, count(*) AS orders, sum(amount) AS amount
                    FROM stg_orders
                    GROUP BY customer
                    """);
            hw.write(
                    "models/staging/stg_orders.sql",
                    "FROM Orders SELECT id, customer, amount WHERE amount >= {{ var.smallest }}");

            run("--all");

            assertThat(hw.rows("select customer, orders, amount from by_customer order by all"))
                    .containsExactly("[\"ada\",2,15.50]", "[\"bob\",1,20.00]");
            assertThat(hw.rows("select count(*) from headworks.ledger where pipeline = 'by_customer'"))
                    .containsExactly("[1]");
        }

        @Test
        void hasNothingToDoUntilAnInputOrItsDefinitionChanges() {
            hw.write("models/totals.sql", "select count(*) as orders from orders");
            run("--all");

            run("--all");
            assertThat(lastRun("totals").toString())
                    .contains("neither its inputs nor its definition changed since the last load");

            hw.write("models/totals.sql", "-- only a remark\nselect count(*)  as orders\nfrom orders;\n");
            run("totals");
            assertThat(lastRun("totals").toString()).contains("neither its inputs nor its definition changed");

            hw.write("data/orders2.csv", "id,customer,amount\n4,eve,1.00\n");
            run("load_orders+");
            assertThat(hw.rows("select orders from totals")).containsExactly("[4]");

            hw.write("models/totals.sql", "select count(*) * 10 as orders from orders");
            run("totals");
            assertThat(hw.rows("select orders from totals")).containsExactly("[40]");
        }

        @Test
        void isRunAgainForAnotherValueOfAVariable() {
            hw.write("models/large.sql", "select id from orders where amount > {{ var.smallest }}");
            run("--all");

            run("large", "--var", "smallest=9");

            assertThat(hw.rows("select id from large order by id")).containsExactly("[1]", "[2]");
        }

        @Test
        void isRunEachTimeWhereTheTimeOfDayDecides() {
            hw.write("models/seen.sql", "select id, current_date >= date '2020-01-01' as recent from orders");
            run("--all");
            run("seen");

            assertThat(hw.rows("select count(*) from headworks.ledger where pipeline = 'seen'"))
                    .containsExactly("[2]");
        }

        @Test
        void doesNotSeeTheColumnsOfTheLoadThatWroteItsInput() {
            hw.write("models/customers.sql", "select distinct * exclude (id, amount) from orders");
            run("--all");

            assertThat(hw.rows("select customer from customers order by all"))
                    .containsExactly("[\"ada\"]", "[\"bob\"]");
        }

        @Test
        void thatGivesNoRowFails() {
            hw.write("models/none.sql", "select id from orders where id > 100");

            Hw.Result result = hw.run("run", "--all");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.out() + result.err()).contains("Cannot load an empty extract");

            hw.write("models/more.yml", "models: {none: {allow_empty: true}}\n");
            run("none");
            assertThat(hw.rows("select count(*) from none")).containsExactly("[0]");
        }
    }

    @Nested
    class AGraph {
        @Test
        void goesOnBesideAFailedModel() {
            hw.write("models/broken.sql", "select cast(customer as integer) as c from orders");
            hw.write("models/after_broken.sql", "select c from broken");
            hw.write("models/good.sql", "select id from orders");

            Hw.Result result = hw.run("run", "--all");

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(hw.rows("select count(*) from good")).containsExactly("[3]");
            assertThat(result.out() + result.err()).contains("upstream broken did not publish");
        }

        @Test
        void isSelectedFromBothSides() {
            hw.write("models/a.sql", "select id from orders");
            hw.write("models/b.sql", "select id from a");
            hw.write("models/c.sql", "select id from b");

            assertThat(names(hw.json("ls", "+b"))).containsExactly("load_orders", "a", "b");
            assertThat(names(hw.json("ls", "b+"))).containsExactly("b", "c");
            assertThat(names(hw.json("ls", "path:models"))).containsExactly("a", "b", "c");
            assertThat(hw.run("ls", "b").out()).contains("warehouse:a");
            assertThat(hw.run("show", "b").out()).contains("models/b.sql", "models/models.yml:1:");
        }

        private List<String> names(Map<String, Object> document) {
            return ((List<?>) document.getOrDefault("pipelines", List.of()))
                    .stream()
                            .map(each -> String.valueOf(((Map<?, ?>) each).get("name")))
                            .toList();
        }
    }

    @Nested
    class Strategies {
        @Test
        void upsertByKey() {
            hw.write("models/customers.sql", """
                    /* model
                    load: {strategy: upsert, merge_keys: [customer]}
                    */
                    select customer, sum(amount) as amount from orders group by customer
                    """);
            run("--all");
            hw.write("data/orders2.csv", "id,customer,amount\n4,eve,1.00\n5,bob,2.00\n");
            run("--all");

            assertThat(hw.rows("select customer, amount from customers order by all"))
                    .containsExactly("[\"ada\",15.50]", "[\"bob\",22.00]", "[\"eve\",1.00]");
            assertThat(lastRun("customers").get("rows_inserted")).isEqualTo(1L);
        }

        @Test
        void mergeDeletesWhatTheSelectNoMoreGives() {
            hw.write("models/small.sql", """
                    /* model
                    load: {strategy: merge, merge_keys: [id]}
                    */
                    select id, amount from orders where amount < 15
                    """);
            run("--all");
            hw.write("data/orders2.csv", "id,customer,amount\n3,ada,50.00\n");
            run("--all");

            assertThat(hw.rows("select id from small order by all")).containsExactly("[1]");
        }

        @Test
        void mergeKeepsHistory() {
            hw.write("models/dim_order.sql", """
                    /* model
                    load: {strategy: merge, merge_keys: [id], scd: {default: 2}}
                    */
                    select id, amount from orders
                    """);
            run("--all");
            hw.write("data/orders2.csv", "id,customer,amount\n3,ada,50.00\n");
            run("--all");

            assertThat(hw.rows("select amount, is_current from dim_order where id = 3 order by valid_from"))
                    .containsExactly("[5.50,false]", "[50.00,true]");
        }

        @Test
        void partitionSwapReplacesWholePartitions() {
            hw.write("models/parts.sql", """
                    /* model
                    load: {strategy: partition-swap, partition_key: customer}
                    */
                    select id, customer from orders
                    """);
            run("--all");
            hw.write("data/orders2.csv", "id,customer,amount\n4,ada,50.00\n");
            run("--all");

            assertThat(hw.rows("select customer, count(*) from parts group by all order by all"))
                    .containsExactly("[\"ada\",3]", "[\"bob\",1]");
        }

        @Test
        void appendNeedsAWayNotToRepeat() {
            hw.write("models/log.sql", "/* model\nload: {strategy: append}\n*/\nselect id from orders\n");

            Hw.Result result = hw.run("validate");

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out()).contains("models/log.sql:2:18", "append would load rows again on the next run");
        }

        @Test
        void checksHoldAModelBack() {
            hw.write("models/a.sql", """
                    /* model
                    quality_gates: {post_load: [{unique: customer}]}
                    */
                    select customer from orders
                    """);

            Hw.Result result = hw.run("run", "--all");

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(hw.run("query", "select * from a").exitCode()).isNotZero();
        }
    }

    @Nested
    class Views {
        @BeforeEach
        void stagingIsAView() {
            hw.write("models/stg_orders.sql", """
                    /* model
                    load: {strategy: view}
                    */
                    select * exclude (customer), upper(customer) as customer from orders
                    """);
            hw.write("models/totals.sql", "select customer, sum(amount) as amount from stg_orders group by customer");
        }

        @Test
        void showTheirInputsAsTheyAre() {
            run("--all");
            assertThat(hw.rows("select * from stg_orders where id = 1")).containsExactly("[1,10.00,\"ADA\"]");

            hw.write("data/orders2.csv", "id,customer,amount\n4,eve,1.00\n");
            run("load_orders");
            assertThat(hw.rows("select count(*) from stg_orders")).containsExactly("[4]");

            run("--all");
            assertThat(lastRun("stg_orders").toString()).contains("the view is defined so already");
            assertThat(hw.rows("select customer from totals order by all"))
                    .containsExactly("[\"ADA\"]", "[\"BOB\"]", "[\"EVE\"]");
        }

        @Test
        void areReadWhateverTheFileIsCalled() throws Exception {
            run("--all");
            Path copy = folder.resolve("copy of it.duckdb");
            java.nio.file.Files.copy(folder.resolve("warehouse.duckdb"), copy);

            try (var connection = java.sql.DriverManager.getConnection("jdbc:duckdb:" + copy);
                    var rows = connection.createStatement().executeQuery("SELECT count(*) FROM stg_orders")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(3);
            }
        }

        @Test
        void areDefinedAnewWithTheirSelect() {
            run("--all");
            hw.replace("models/stg_orders.sql", "upper(customer)", "lower(customer)");
            run("stg_orders");

            assertThat(hw.rows("select customer from stg_orders where id = 1")).containsExactly("[\"ada\"]");
        }

        @Test
        void areCheckedBeforeTheyAreSeen() {
            run("--all");
            hw.replace(
                    "models/stg_orders.sql",
                    "load: {strategy: view}",
                    "load: {strategy: view}\nquality_gates: {post_load: [{unique: customer}]}");

            assertThat(hw.run("run", "stg_orders").exitCode()).isEqualTo(3);
        }

        @Test
        void doNotTakeThePlaceOfATable() {
            run("--all");
            hw.write("models/totals.sql", "/* model\nload: {strategy: view}\n*/\nselect id from orders\n");
            hw.write("models/stg_orders.sql", "select id from orders");

            Hw.Result view = hw.run("run", "totals");
            assertThat(view.exitCode()).isEqualTo(2);
            assertThat(view.out() + view.err()).contains("it is a table, and its rows would be lost");
            Hw.Result table = hw.run("run", "stg_orders");
            assertThat(table.exitCode()).isEqualTo(2);
            assertThat(table.out() + table.err()).contains("it is a view (allowed: a table)");
        }
    }

    @Nested
    class ChangedRows {
        @BeforeEach
        void incremental() {
            hw.write("models/log.sql", """
                    /* model
                    load: {strategy: append}
                    */
                    select o.id, o.amount from orders o where {{ changed(o) }}
                    """);
        }

        @Test
        void areReadOnceEach() {
            run("--all");
            hw.write("data/orders2.csv", "id,customer,amount\n3,ada,6.00\n4,eve,1.00\n");
            run("--all");
            run("--all");
            hw.write("data/orders3.csv", "id,customer,amount\n5,eve,2.00\n");
            run("load_orders");
            hw.write("data/orders4.csv", "id,customer,amount\n6,eve,3.00\n");
            run("load_orders");
            run("log");

            assertThat(hw.run("query", "select id, amount from log order by all")
                            .err())
                    .isEmpty();
            assertThat(hw.rows("select id, amount from log order by all"))
                    .containsExactly(
                            "[1,10.00]", "[2,20.00]", "[3,5.50]", "[3,6.00]", "[4,1.00]", "[5,2.00]", "[6,3.00]");
        }

        @Test
        void areShownInThePlan() {
            run("--all");
            hw.write("data/orders2.csv", "id,customer,amount\n4,eve,1.00\n");
            run("load_orders");

            assertThat(hw.run("plan", "log").out()).contains("models/log.sql", "warehouse:orders load 2");
        }

        @Test
        void areThoseOfTheEnvironmentsOwnTables() {
            hw.replace(
                    "headworks.yml",
                    "connections:",
                    "environments: {dev: {default: true}, ci: {schema_prefix: ci_}}\nconnections:");
            hw.write("models/seen.sql", "/* model\nload: {strategy: view}\n*/\nselect id from log\n");
            run("--all");
            run("--all", "--env", "ci");
            hw.write("data/orders2.csv", "id,customer,amount\n4,eve,1.00\n");
            run("--all", "--env", "ci");
            run("--all", "--env", "ci");

            assertThat(hw.rows("select count(*) from log")).containsExactly("[3]");
            Hw.Result inCi = hw.run("query", "select count(*), count(distinct id) from ci_seen", "--env", "ci");
            assertThat(inCi.out() + inCi.err()).contains("4");
            assertThat(hw.run("query", "select count(*) from ci_log", "--env", "ci")
                            .out())
                    .contains("4");
        }

        @Test
        void goOnOnlyByTheSameSelect() {
            run("--all");
            hw.write("models/log.sql", """
                    /* model
                    load: {strategy: append}
                    */
                    select o.id, o.amount * 2 as amount from orders o where {{ changed(o) }}
                    """);

            Hw.Result result = hw.run("run", "log");

            assertThat(result.exitCode()).isEqualTo(9);
            assertThat(result.out() + result.err()).contains("models/log.sql is not what it was at the last load");
            Hw.Result again = hw.run("run", "log", "--full-refresh");
            assertThat(again.exitCode()).isEqualTo(2);
            assertThat(again.out() + again.err()).contains("all rows would be added to the 3 that are there");
        }

        @Test
        void areFoundByAColumnOfTheirOwn() {
            hw.write("models/log.sql", """
                    /* model
                    load: {strategy: upsert, merge_keys: [id]}
                    */
                    select id, amount from orders where {{ changed(orders.id) }}
                    """);
            run("--all");
            hw.write("data/orders2.csv", "id,customer,amount\n1,ada,99.00\n3,ada,7.00\n4,eve,1.00\n");
            run("--all");

            assertThat(hw.rows("select id, amount from log order by all"))
                    .containsExactly("[1,10.00]", "[2,20.00]", "[3,7.00]", "[4,1.00]");
        }

        @Test
        void areRefusedWhereTheyHaveNoMeaning() {
            hw.write("models/whole.sql", "select id from orders where {{ changed(orders) }}");
            hw.write("models/other.sql", "select id from orders o where {{ changed(p) }}");
            hw.write("models/twice.sql", "select x.id from orders x, log x where {{ changed(x) }}");

            Hw.Result result = hw.run("validate");

            assertThat(result.out())
                    .contains("truncate-reload needs all rows")
                    .contains("models/other.sql:1:31", "'p' is no input (inputs: o)")
                    .contains("'x' is warehouse:orders and warehouse:log");
        }
    }

    @Nested
    class Mistakes {
        @Test
        void areAllReportedAtOnceWithTheirPlace() {
            hw.write("models/a.sql", "select id\nfrom ordrs\n");
            hw.write("models/b.sql", "select id frm orders x y\n");
            hw.write("models/c.sql", "select * from read_csv('data/orders1.csv')\n");
            hw.write("models/d.sql", "select id from d\n");
            hw.write("models/e.sql", "select {{ var.smalest }} as x\n");

            Hw.Result result = hw.run("validate");

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out())
                    .contains("models/a.sql:2:6", "did you mean 'orders'?")
                    .contains("models/b.sql:1:")
                    .contains("models/c.sql:1:15", "read_csv() reads what is no dataset")
                    .contains("models/d.sql:1:16", "d reads itself")
                    .contains("models/e.sql:1:8", "var.smallest");
        }

        @Test
        void ofColumnsAreFoundByThePlan() {
            hw.write("models/a.sql", "select nothing from orders");
            run("load_orders");

            Hw.Result result = hw.run("plan", "a");

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out() + result.err()).contains("Cannot use models/a.sql", "nothing");
        }
    }
}
