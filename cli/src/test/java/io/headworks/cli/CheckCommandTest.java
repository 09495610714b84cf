package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of any table, what is kept of them, and what follows from them. */
final class CheckCommandTest {
    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void project() {
        shop = new Shop(folder, "duckdb").pipeline("""
                        extract: {connection: landing, path: "*.csv", strategy: full}
                        load: {connection: warehouse, table: orders, strategy: truncate-reload}
                        """);
        shop.rows("orders.csv", 1, 10);
        assertThat(shop.run().exitCode()).isZero();
    }

    private Hw.Result check(String table, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "check";
        arguments[1] = table;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return shop.hw().run(arguments);
    }

    private List<?> incidents(String... more) {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "incidents";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return (List<?>) Objects.requireNonNull(shop.hw().json(arguments).get("incidents"));
    }

    @Test
    void runsOnATableThatNoFileNames() {
        assertThat(check("orders", "--check", "not_null: id", "--check", "unique: id")
                        .exitCode())
                .isZero();
        Hw.Result failing = check("warehouse:orders", "--check", "range: {column: amount, max: 50}");
        assertThat(failing.exitCode()).isEqualTo(1);
        assertThat(failing.out()).contains("range(amount)", "failed", "\"amount\":60");
        Hw.Result none = check("orders");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("hw check orders --check \"not_null: id\"");
        assertThat(shop.hw().run("check", "--check", "not_null: id").err())
                .contains("Cannot use --check: it needs a TABLE");
    }

    @Test
    void namesWhatIsWrongOnTheCommandLine() {
        assertThat(check("orders", "--check", "not_nul: id").err()).contains("did you mean 'not_null'?");
        assertThat(check("nosuch", "--check", "not_null: id").err()).contains("there is no such table");
        assertThat(check("nowhere:orders", "--check", "not_null: id").err()).contains("'nowhere' is not known");
    }

    @Test
    void writesAllFailingRowsAndAReport() throws IOException {
        Path rows = folder.resolve("failing.jsonl");
        Path report = folder.resolve("report.xml");
        check(
                "orders",
                "--check",
                "range: {column: id, max: 2}",
                "--check",
                "volume: {max: 3, per: table}",
                "--check",
                "volume: {change: 10%, against: 7d, per: table}",
                "--rows",
                rows.toString(),
                "--junit",
                report.toString());
        assertThat(Files.readAllLines(rows))
                .hasSize(8)
                .anyMatch(line -> line.startsWith("{\"check\":\"range(id)\",\"dataset\":\"warehouse:orders\","
                        + "\"row\":{\"id\":3,\"amount\":30,"));
        assertThat(Files.readString(report))
                .contains("tests=\"3\" failures=\"2\" errors=\"0\" skipped=\"1\"", "8 of 10 rows fail");
    }

    @Test
    void remembersWhatItFound() {
        check("orders", "--check", "metric: {measure: mean, column: amount, min: 50}");
        check("orders", "--check", "metric: {measure: mean, column: amount, min: 60}");
        List<?> results = (List<?>) Objects.requireNonNull(
                shop.hw().json("check", "--history", "orders").get("results"));
        assertThat(results)
                .extracting(each -> ((Map<?, ?>) each).get("status") + " " + ((Map<?, ?>) each).get("value"))
                .containsExactly("failed 55", "passed 55");
        assertThat(check("customers", "--history").out()).contains("nothing is known of checks of customers");
    }

    @Test
    void aFailingCheckIsAnIncidentUntilItPassesOrAPersonClosesIt() {
        String grave = "range: {name: amounts, column: amount, max: 50, severity: P0}";
        declared(grave, "range: {name: later, column: id, max: 5, severity: P2}");
        assertThat(incidents())
                .extracting(each -> ((Map<?, ?>) each).get("check") + " " + ((Map<?, ?>) each).get("status") + " "
                        + ((Map<?, ?>) each).get("pipeline"))
                .containsExactly("amounts open orders", "later backlog orders");

        String id = String.valueOf(((Map<?, ?>) incidents().get(0)).get("id"));
        assertThat(shop.hw().run("incidents", "close", id).exitCode()).isEqualTo(2);
        assertThat(shop.hw().run("incidents", "close", id, "--why", "corrected").exitCode())
                .isZero();
        assertThat(shop.hw().run("incidents", "close", id, "--why", "again").err())
                .contains("it is closed already");
        assertThat(incidents()).hasSize(1);
        assertThat(incidents("--all")).hasSize(2);

        declared("range: {name: later, column: id, max: 10, severity: P2}");
        assertThat(incidents()).isEmpty();
        assertThat(shop.hw().run("incidents").out()).contains("nothing is open");
    }

    @Test
    void aQuestionOfTheMomentNeitherOpensNorClosesOne() {
        check("orders", "--check", "range: {column: amount, max: 50}", "--check", "not_null: nosuch");
        assertThat(incidents()).isEmpty();
        assertThat(shop.hw().run("check", "--history", "orders").out())
                .contains("range(amount)")
                .doesNotContain("nosuch");

        declared("range: {name: amounts, column: amount, max: 50, severity: P0}");
        check("orders", "--check", "range: {name: amounts, column: amount, max: 1000}");
        assertThat(incidents()).hasSize(1);
    }

    /** What a check file says, and what comes of it. */
    private void declared(String... checks) {
        shop.hw()
                .write(
                        "checks/orders.yml",
                        "checks:\n  table: warehouse:orders\n  run:\n    - " + String.join("\n    - ", checks) + "\n");
        check("orders");
    }

    @Test
    void whatReadsATableWaitsWhileAGraveIncidentIsOpen() {
        shop.hw().write("pipelines/revenue.yml", """
                pipeline:
                  name: revenue
                  extract: {connection: warehouse, query: "select sum(amount) as total from orders"}
                  load: {connection: warehouse, table: revenue, strategy: truncate-reload}
                """);
        assertThat(shop.hw().run("run", "revenue").exitCode()).isZero();

        declared("range: {name: amounts, column: amount, max: 50, severity: P0}");
        Hw.Result held = shop.hw().run("run", "revenue");
        assertThat(held.exitCode()).as(held.out() + held.err()).isNotZero();
        assertThat(held.out() + held.err()).contains("orders");

        String id = String.valueOf(((Map<?, ?>) incidents().get(0)).get("id"));
        shop.hw().run("incidents", "close", id, "--why", "corrected");
        assertThat(shop.hw().run("run", "revenue").exitCode()).isZero();
    }

    private void load(int from, int to) {
        shop.rows("orders.csv", from, to);
        assertThat(shop.run().exitCode()).isZero();
    }

    @Test
    void anAnomalyIsFoundInARunOnceThereIsHistory() {
        shop.pipeline("""
                        extract: {connection: landing, path: "*.csv", strategy: full}
                        load: {connection: warehouse, table: orders, strategy: truncate-reload}
                        quality_gates:
                          post_load: [{anomaly: {name: rows, min_history: 3, direction: down}}]
                        """);
        for (int run = 0; run < 3; run++) {
            load(run + 2, run + 11);
            assertThat(shop.check("rows").get("status")).isEqualTo("unverified");
        }
        load(1, 10);
        assertThat(shop.check("rows").get("status")).isEqualTo("passed");

        shop.rows("orders.csv", 1, 5);
        shop.run();
        assertThat(shop.check("rows").get("status")).isEqualTo("failed");
        assertThat(String.valueOf(shop.check("rows").get("observed")))
                .isEqualTo("5 against at least 9.5 (median 10, 4 earlier numbers)");
        assertThat(shop.log().get("status")).isEqualTo("partial");
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[5]");
    }
}
