package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw test}: what passes, what fails, what is said of it, and that nothing of the project is touched. */
final class LoadTestsTest {
    private static final String PROJECT = """
            project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
            variables:
              country: {type: text, default: IT, allowed: [IT, FR]}
            connections:
              shop_db: {type: sqlite, path: shop.db}
              landing: {type: files, path: data}
              warehouse: {type: duckdb, path: warehouse.duckdb}
            """;
    private static final String ORDERS = """
            pipeline:
              name: orders
              extract:
                connection: shop_db
                table: orders
                strategy: incremental
                incremental_key: updated_at
              transform:
                stages:
                  - name: clean
                    operations:
                      - cast: {amount: "decimal(18,2)"}
                      - sql: "select *, {{ var.country }} as country, {{ now }} as seen_at from {{ input }}"
              load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
              quality_gates:
                pre_load: [{range: {column: amount, min: 0, on_fail: reject, fail_above: 50%}}]
              error_handling: {strategy: dead-letter, max_rejected: 60%}
            """;
    private static final String LATE_ROW = """
            tests:
              - name: a late row changes nothing
                pipeline: orders
                now: 2026-03-01T00:00:00Z
                variables: {country: FR}
                before:
                  orders: [{id: 1, amount: 5, country: IT, seen_at: 2025-12-31T00:00:00Z, updated_at: 2025-12-31}]
                batches:
                  - source:
                      - {id: 1, amount: 10.50, updated_at: 2026-01-02}
                      - {id: 2, amount: 7, updated_at: 2026-01-02}
                  - source:
                      - {id: 1, amount: 99, updated_at: 2026-01-01}
                      - {id: 3, amount: 1, updated_at: 2026-01-03}
                after:
                  orders:
                    - {id: 1, amount: 10.5, country: FR, seen_at: 2026-03-01T00:00:00Z, updated_at: 2026-01-02}
                    - {id: 2, amount: 7, country: FR, seen_at: 2026-03-01T00:00:00Z, updated_at: 2026-01-02}
                    - {id: 3, amount: 1, country: FR, seen_at: 2026-03-01T00:00:00Z, updated_at: 2026-01-03}
            """;

    @TempDir
    Path folder;

    private Hw hw;

    @BeforeEach
    void project() {
        hw = new Hw(folder);
        hw.write("headworks.yml", PROJECT);
        hw.write("pipelines/orders.yml", ORDERS);
    }

    private Map<?, ?> only(Map<String, Object> document) {
        List<?> tests = (List<?>) document.get("tests");
        assertThat(tests).as(document.toString()).hasSize(1);
        return (Map<?, ?>) tests.get(0);
    }

    private void passes(String yaml) {
        hw.write("tests/some.yml", yaml);

        Hw.Result result = hw.run("test");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    private String fails(String yaml) {
        hw.write("tests/some.yml", yaml);

        Hw.Result result = hw.run("test");

        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        return result.out();
    }

    @Test
    void stateBeforeAndBatchesGiveTheStateAfter() {
        hw.write("tests/late.yml", LATE_ROW);

        Hw.Result result = hw.run("test");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("passed  orders: a late row changes nothing", "1 passed, 0 failed");
    }

    @Test
    void nothingOfTheProjectIsTouched() throws IOException {
        hw.write("tests/late.yml", LATE_ROW);

        hw.run("test");

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString())
                            .sorted())
                    .containsExactly("headworks.yml", "pipelines/orders.yml", "tests/late.yml");
        }
    }

    @Test
    void rowsThatAreNotAsExpectedAreNamedByKeyAndColumn() {
        hw.write(
                "tests/late.yml",
                LATE_ROW.replace("{id: 1, amount: 10.5,", "{id: 1, amount: 11,")
                        .replace("id: 3, amount: 1, country", "id: 4, amount: 1, country"));

        Hw.Result result = hw.run("test");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("failed  orders: a late row changes nothing")
                .containsPattern("warehouse:orders +different +id=1 +amount +11.00 +10.50")
                .containsPattern("warehouse:orders +missing +id=4")
                .containsPattern("warehouse:orders +unexpected +id=3")
                .contains("tests/late.yml:2:", "0 passed, 1 failed");
        Map<?, ?> test = only(hw.json("test"));
        assertThat(test.get("status")).isEqualTo("failed");
        assertThat((List<?>) test.get("differences")).hasSize(3);
    }

    @Test
    void aTableMayBeExpectedToBeEmpty() {
        String test = """
                tests:
                  - name: nothing is left
                    pipeline: orders
                    batches: [{source: [{id: 1, amount: -3, updated_at: 2026-01-02}, {id: 2, amount: 7, updated_at: 2026-01-02}]}]
                    after: {orders: []}
                    rejected: [{row: {id: 1}}]
                """;
        assertThat(fails(test)).containsPattern("unexpected +id=2 +id=2, amount=7.00");
    }

    @Test
    void rowsForTheDeadLetterAreExpectedOneByOne() {
        String test = """
                tests:
                  - name: a negative amount is rejected
                    pipeline: orders
                    batches:
                      - source:
                          - {id: 1, amount: -3, updated_at: 2026-01-02}
                          - {id: 2, amount: 7, updated_at: 2026-01-02}
                    after: {orders: {match: subset, rows: [{id: 2, amount: 7}]}}
                    rejected: [{stage: gate, row: {id: 1, amount: -3}}]
                """;
        passes(test);
        assertThat(fails(test.replace("id: 1, amount: -3}}", "id: 5}}")))
                .contains("no row was rejected as expected: stage gate, id=5")
                .contains("a row was rejected that the test does not expect");
        assertThat(fails(test.replace("    rejected: [{stage: gate, row: {id: 1, amount: -3}}]\n", "")))
                .as("a test that says nothing of rejects expects none")
                .contains("a row was rejected that the test does not expect");
    }

    @Test
    void anErrorMayBeExpected() {
        String test = """
                tests:
                  - name: too many negative amounts stop the run
                    pipeline: orders
                    batches: [{source: [{id: 1, amount: -3, updated_at: 2026-01-02}]}]
                    error: fail_above
                """;
        String said = fails(test.replace("fail_above", "no such words"));
        assertThat(said).contains("the run failed:", "an error with 'no such words' was expected");
        passes(test.replace("error: fail_above", "error: 'Cannot'"));
        assertThat(fails(test.replace("amount: -3", "amount: 3")))
                .contains("no error, where one with 'fail_above' was expected");
    }

    @Test
    void aFailedRunFailsTheTestEvenWhereTheRowsAreAsExpected() {
        assertThat(fails("""
                tests:
                  - name: a value that is no number
                    pipeline: orders
                    types: {amount: text}
                    before: {orders: [{id: 1, amount: 5}]}
                    batches: [{source: [{id: 2, amount: -1, updated_at: 2026-01-02}]}]
                    after: {orders: [{id: 1, amount: 5}]}
                """)).contains("the run failed:");
    }

    @Test
    void fixturesMayBeCsvOrSql() {
        hw.write("fixtures/orders.csv", "id,amount,updated_at\n1,10.50,2026-01-02\n2,,2026-01-03\n");
        hw.write("fixtures/after.csv", "id,amount,country\n1,10.50,IT\n2,,IT\n");
        passes("""
                tests:
                  - name: rows of files
                    pipeline: orders
                    batches: [{source: fixtures/orders.csv}]
                    after: {orders: fixtures/after.csv}
                  - name: rows of a select
                    pipeline: orders
                    batches: [{source: "select 1::bigint as id, 10.50 as amount, date '2026-01-02' as updated_at"}]
                    after: {orders: {rows: "select 1 as id, 10.5 as amount"}}
                """);
    }

    @Test
    void newFilesAreBatchesAndTablesBesideThemAreInputs() {
        hw.write("pipelines/visits.yml", """
                pipeline:
                  name: visits
                  extract:
                    connection: landing
                    path: visits-*.csv
                    columns: {page: text, at: timestamp}
                    strategy: incremental
                    files: {add: {file: path}}
                  transform:
                    stages:
                      - name: enrich
                        operations:
                          - lookup: {table: orders, match: {page: id}, take: {amount: amount}, missing: keep}
                  load: {connection: warehouse, table: visits, strategy: append}
                """);
        hw.replace("pipelines/visits.yml", "columns: {page: text", "columns: {page: bigint");
        passes("""
                tests:
                  - name: each file once, with the amount of its day
                    pipeline: visits
                    before: {orders: [{id: 1, amount: 5.00}]}
                    batches:
                      - source: [{page: 1, at: 2026-01-01T10:00:00}]
                      - source: [{page: 1, at: 2026-01-02T10:00:00}]
                        orders: [{id: 1, amount: 6.00}]
                    after:
                      visits:
                        match: ordered
                        rows:
                          - {page: 1, amount: 5, file: batch-1}
                          - {page: 1, amount: 6, file: batch-2}
                """);
        assertThat(fails("""
                tests:
                  - name: a table that nobody gives rows
                    pipeline: visits
                    batches: [{source: [{page: 1}]}]
                    after: {visits: [{page: 1}]}
                """)).contains("the test gives no rows of it", "add before: {orders: [<rows>]}");
    }

    @Test
    void snapshotsDeleteAndADeletedKeyComesBack() {
        hw.write("pipelines/customers.yml", """
                pipeline:
                  name: customers
                  extract: {connection: shop_db, table: customers}
                  load: {connection: warehouse, table: customers, strategy: merge, merge_keys: [id], max_change: {deleted: 100%}}
                """);
        passes("""
                tests:
                  - name: deleted and back
                    pipeline: customers
                    batches:
                      - source: [{id: 1, name: Ada}, {id: 2, name: Grace}]
                      - source: [{id: 1, name: Ada}]
                      - source: [{id: 1, name: Ada}, {id: 2, name: Hopper}]
                    after: {customers: [{id: 1, name: Ada}, {id: 2, name: Hopper}]}
                  - name: deleted
                    pipeline: customers
                    before: {customers: [{id: 1, name: Ada}, {id: 2, name: Grace}]}
                    batches: [{source: [{id: 1, name: Ada}]}]
                    after: {customers: [{id: 1, name: Ada}]}
                """);
    }

    @Test
    void versionsAreTestedFromTheStateBefore() {
        hw.write("pipelines/customers.yml", """
                pipeline:
                  name: customers
                  extract: {connection: shop_db, table: customers, strategy: incremental, incremental_key: updated_at, lookback: 365d}
                  load:
                    connection: warehouse
                    table: dim_customer
                    strategy: merge
                    merge_keys: [id]
                    scd: {default: 2, columns: {email: 1}, valid_at: updated_at}
                """);
        String test = """
                tests:
                  - name: a late version splits the interval
                    pipeline: customers
                    now: 2026-03-01T00:00:00Z
                    before:
                      dim_customer:
                        - {id: 1, name: Ada, email: a, updated_at: 2026-01-01, valid_from: 2026-01-01, valid_to: 9999-12-31, is_current: true}
                    batches:
                      - source: [{id: 1, name: Ada, email: b, updated_at: 2026-01-20}]
                      - source: [{id: 1, name: Lovelace, email: b, updated_at: 2026-02-01}]
                      - source: [{id: 1, name: Byron, email: x, updated_at: 2026-01-10}]
                    after:
                      dim_customer:
                        key: [id, valid_from]
                        rows:
                          - {id: 1, name: Ada, email: b, valid_from: 2026-01-01, valid_to: 2026-01-10, is_current: false}
                          - {id: 1, name: Byron, email: b, valid_from: 2026-01-10, valid_to: 2026-01-20, is_current: false}
                          - {id: 1, name: Ada, email: b, valid_from: 2026-01-20, valid_to: 2026-02-01, is_current: false}
                          - {id: 1, name: Lovelace, email: b, valid_from: 2026-02-01, valid_to: 9999-12-31, is_current: true}
                """;
        passes(test);
        assertThat(fails(test.replace("{id: 1, name: Byron, email: b", "{id: 1, name: Byron, email: x")))
                .containsPattern("different +id=1, valid_from=2026-01-10T00:00:00 +email +x +b");
    }

    @Test
    void testsAreChosenByNameFileAndPipelineAndNoneIsNotGreen() {
        hw.write("tests/late.yml", LATE_ROW);
        hw.write("tests/other.yml", LATE_ROW.replace("a late row changes nothing", "the same again"));

        assertThat((List<?>) hw.json("test", "orders").get("tests")).hasSize(2);
        assertThat((List<?>) hw.json("test", "the same again").get("tests")).hasSize(1);
        assertThat((List<?>) hw.json("test", "path:tests/late.yml").get("tests"))
                .hasSize(1);
        Hw.Result none = hw.run("test", "--exclude", "orders");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("Cannot test: no test is chosen (the project has 2)");
    }

    @Test
    void aReportForBuildServersHasEachTestOnce() throws IOException {
        hw.write("tests/late.yml", LATE_ROW);
        hw.write(
                "tests/wrong.yml",
                LATE_ROW.replace("a late row changes nothing", "wrong & <odd>")
                        .replace("amount: 10.5,", "amount: 11,"));
        Path report = folder.resolve("report.xml");

        Hw.Result result = hw.run("test", "--junit", report.toString());

        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(Files.readString(report))
                .contains("<testsuites tests=\"2\" failures=\"1\" errors=\"0\"")
                .contains("<testsuite name=\"tests/late.yml\" tests=\"1\" failures=\"0\"")
                .contains("classname=\"orders\" name=\"wrong &amp; &lt;odd")
                .contains("warehouse:orders: different row {&quot;id&quot;:1}, column amount");
    }

    @Test
    void theReferenceProjectPassesItsOwnTests() {
        Path copy = folder.resolve("flights");
        FolderCopy.of(Path.of("..", "examples", "flights"), copy);

        Hw.Result result = new Hw(copy).run("test");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("3 passed, 0 failed");
    }

    @Nested
    class Generated {
        @BeforeEach
        void live() {
            hw.write("pipelines/orders.yml", """
                    pipeline:
                      name: customers
                      extract: {connection: landing, path: customers.csv, columns: {id: bigint, name: text, city: text, since: timestamp}}
                      transform:
                        stages: [{name: enrich, operations: [{lookup: {table: cities, match: {city: code}, take: [country]}}]}]
                      load: {connection: warehouse, table: customers, strategy: merge, merge_keys: [id], order_by: since, max_change: {deleted: 100%}}
                      quality_gates: {pre_load: [{not_null: id}]}
                    ---
                    pipeline:
                      name: cities
                      extract: {connection: landing, path: cities.csv}
                      load: {connection: warehouse, table: cities, strategy: truncate-reload}
                    """);
            hw.write("data/cities.csv", "code,country\nMI,Italy\nPA,France\n");
            hw.write(
                    "data/customers.csv",
                    "id,name,city,since\n1,Ada Lovelace,MI,2026-01-01 10:00:00\n2,Grace Hopper,PA,2026-01-02 10:00:00\n");
            assertThat(hw.run("run", "cities").exitCode()).isZero();
        }

        @Test
        void testsOfLiveDataPassAndShowNothingPersonal() throws IOException {
            Hw.Result generated = hw.run("test", "--generate", "customers");

            assertThat(generated.exitCode())
                    .as(generated.out() + generated.err())
                    .isZero();
            assertThat(generated.out())
                    .contains("written: tests/customers.yml", "written: tests/fixtures/customers_cities.csv")
                    .contains("7 tests say what customers does now", "masked: name");
            String text = Files.readString(folder.resolve("tests/customers.yml"));
            assertThat(text)
                    .contains("name-1", "Italy", "a row that is late", "a row that goes and comes back")
                    .contains("an empty batch after a full one", "a row twice in one batch", "a row without a key")
                    .doesNotContain("Ada", "Grace");
            Hw.Result tested = hw.run("test");
            assertThat(tested.exitCode()).as(tested.out() + tested.err() + text).isZero();
            assertThat(tested.out()).contains("7 passed, 0 failed");
            assertThat(hw.run("test", "--generate", "customers").err()).contains("it is there already");
        }

        @Test
        void aGeneratedTestSeesAChangeOfThePipeline() {
            hw.run("test", "--generate", "customers");
            hw.replace(
                    "pipelines/orders.yml",
                    "take: [country]}}",
                    "take: [country]}}, {derive: {country: \"upper(country)\"}}");

            Hw.Result tested = hw.run("test");

            assertThat(tested.exitCode()).isEqualTo(1);
            assertThat(tested.out()).containsPattern("different +id=1 +country +Italy +ITALY");
        }
    }

    @Nested
    class Golden {
        @Test
        void rewritesTheFileAndShowsTheDifference() throws IOException {
            hw.write("fixtures/after.csv", "id,amount\n1,11\n");
            hw.write(
                    "tests/golden.yml",
                    LATE_ROW.substring(0, LATE_ROW.indexOf("    after:"))
                            + "    after: {orders: fixtures/after.csv}\n");

            Hw.Result result = hw.run("test", "--golden");

            assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
            assertThat(result.out())
                    .contains("rewritten: fixtures/after.csv")
                    .containsPattern("different +id=1 +amount");
            assertThat(Files.readString(folder.resolve("fixtures/after.csv")))
                    .isEqualTo("id,amount\n1,10.50\n2,7.00\n3,1.00\n");
            assertThat(hw.run("test").exitCode()).isZero();
        }

        @Test
        void rowsInTheTestItselfAreNotRewritten() {
            hw.write("tests/late.yml", LATE_ROW.replace("amount: 10.5,", "amount: 11,"));

            Hw.Result result = hw.run("test", "--golden");

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("the expected rows stand in the test itself at tests/late.yml:");
        }
    }

    @Nested
    class Validation {
        private String problems(String yaml) {
            hw.write("tests/some.yml", yaml);
            Hw.Result result = hw.run("validate");
            assertThat(result.exitCode()).as(result.out()).isEqualTo(2);
            return result.out();
        }

        @Test
        void aTestThatExpectsNothingIsRefused() {
            String yaml = LATE_ROW.substring(0, LATE_ROW.indexOf("    after:"));
            assertThat(problems(yaml)).contains("tests/some.yml:2:5: error: Cannot use tests[0]: it expects nothing");
            assertThat(problems(yaml + "    after: {}\n")).contains("it expects nothing");
        }

        @Test
        void whatATestNamesMustBeThere() {
            assertThat(problems(LATE_ROW.replace("pipeline: orders", "pipeline: order")))
                    .contains("Cannot test pipeline 'order': it is not known", "did you mean 'orders'?");
            assertThat(problems(LATE_ROW.replace("country: FR}\n    before", "county: FR}\n    before")))
                    .contains("Cannot set variable 'county'", "did you mean 'country'?");
            assertThat(problems(LATE_ROW.replace("variables: {country: FR}", "variables: {country: DE}")))
                    .contains("Cannot set variable 'country': 'DE' is not known (allowed: IT, FR)");
            assertThat(problems(LATE_ROW.replace("    after:\n      orders:", "    after:\n      order:")))
                    .contains("Cannot use 'order' in a test of orders", "did you mean 'orders'?");
            assertThat(problems(LATE_ROW.replace("    batches:", "    batchs:")))
                    .contains("did you mean 'batches'?");
        }

        @Test
        void fixturesAreReadWithTheProject() {
            String test = """
                    tests:
                      - name: some
                        pipeline: orders
                        batches: [{source: fixtures/rows.csv}]
                        rejected: []
                    """;
            assertThat(problems(test)).contains("cannot read 'fixtures/rows.csv': there is no such file");
            hw.write("fixtures/rows.csv", "id,id\n1,2\n3\n");
            assertThat(problems(test))
                    .contains("the header of 'fixtures/rows.csv' has column 'id' twice")
                    .contains("line 3 of 'fixtures/rows.csv' has 1 cells (the header has 2)");
            assertThat(problems(test.replace("fixtures/rows.csv", "select * from orders")))
                    .contains("it reads orders (allowed: a SELECT over values of its own)");
        }
    }
}
