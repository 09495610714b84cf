package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hw verify}: what it proves, what it finds, and that it writes nothing outside its own places. */
final class VerifyTest {
    private static final String PROJECT = """
            project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
            connections:
              landing: {type: files, path: data}
              warehouse: {type: TYPE, path: stored}
            """;
    private static final String ORDERS = """
            pipeline:
              name: orders
              extract:
                connection: landing
                path: orders-*.csv
                columns: {id: bigint, amount: "decimal(18,2)", updated_at: timestamp}
                strategy: incremental
                incremental_key: updated_at
                lookback: 7d
              transform:
                stages: [{name: clean, operations: [{derive: {doubled: "amount * 2"}}]}]
              load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
            """;

    @TempDir
    Path folder;

    private Hw hw;

    @BeforeEach
    void project() {
        hw = new Hw(folder);
        hw.write("headworks.yml", PROJECT.replace("TYPE", "duckdb"));
        hw.write("pipelines/orders.yml", ORDERS);
        hw.write(
                "data/orders-1.csv",
                "id,amount,updated_at\n1,10.00,2026-01-01 10:00:00\n2,20.00,2026-01-02 10:00:00\n");
    }

    private static List<?> replays(Map<String, Object> document) {
        return (List<?>) document.get("replays");
    }

    @Tag("ci")
    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "sqlite", "parquet"})
    void aLoadByKeySurvivesRepetitionAndKills(String type) {
        hw.write("headworks.yml", PROJECT.replace("TYPE", type));
        assertThat(hw.run("run", "orders").exitCode()).isZero();
        hw.write(
                "data/orders-2.csv",
                "id,amount,updated_at\n2,21.00,2026-01-03 10:00:00\n3,30.00,2026-01-03 10:00:00\n");

        Hw.Result result = hw.run("verify", "orders", "--kills", "2", "--seed", "7", "--output", "json");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        Map<String, Object> document = result.document();
        assertThat(document)
                .containsEntry("proven", true)
                .containsEntry("seed", "7")
                .containsEntry("rows", 4L)
                .containsEntry("rows_before", 2L)
                .containsEntry("kills", 2L);
        assertThat(replays(document)).hasSize(6);
    }

    /** One of twenty rows changes, which is one of the two whose keys the batch has. */
    @Test
    void aShareOfTheWholeTableIsNoLimitForTheKeysOfTheBatch() {
        hw.write(
                "pipelines/orders.yml",
                ORDERS.replace("merge_keys: [id]}", "merge_keys: [id], max_change: {changed: 40%, min_rows: 1}}"));
        StringBuilder rows = new StringBuilder("id,amount,updated_at\n20,1.00,2026-01-01 10:00:00\n");
        for (int id = 1; id < 20; id++) {
            rows.append(id).append(",1.00,2025-01-01 10:00:00\n");
        }
        hw.write("data/orders-1.csv", rows.toString());
        assertThat(hw.run("run", "orders").exitCode()).isZero();
        hw.write("data/orders-2.csv", "id,amount,updated_at\n19,2.00,2026-01-02 10:00:00\n");

        Hw.Result result = hw.run("verify", "orders", "--kills", "0");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(hw.run("run", "orders").exitCode()).isZero();
    }

    @Test
    void slicesAreLoadedInAnotherOrderFromTheKeysOfTheBatch() {
        hw.run("run", "orders");
        hw.write("data/orders-2.csv", "id,amount,updated_at\n3,30.00,2026-01-30 10:00:00\n");
        hw.run("run", "orders");
        hw.write(
                "data/orders-3.csv", "id,amount,updated_at\n3,31.00,2026-01-30 11:00:00\n4,1.00,2026-01-31 10:00:00\n");

        Hw.Result result = hw.run("verify", "orders", "--kills", "0");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out())
                .contains("equal  3 slices in another order, 2 rows")
                .contains("of the table only the keys of the batch are copied")
                .contains("3 rows onto 1, 0 kills");
        assertThat(hw.run("verify", "orders", "--kills", "0", "--full").out())
                .contains("equal  3 slices in another order, 4 rows", "3 rows onto 3, 0 kills");
    }

    @Test
    void anOrderThatMattersIsFound() {
        hw.run("run", "orders");
        hw.replace(
                "pipelines/orders.yml",
                "{derive: {doubled: \"amount * 2\"}}",
                "{sql: \"select *, (select count(*)::decimal(18,2) from orders) as doubled from {{ input }}\"}");
        hw.write(
                "data/orders-2.csv", "id,amount,updated_at\n3,30.00,2026-01-03 10:00:00\n4,1.00,2026-01-04 10:00:00\n");

        Hw.Result result = hw.run("verify", "orders", "--kills", "0");

        assertThat(result.out() + result.err()).contains("differs  4 slices in another order", "4 rows onto 2");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Tag("ci")
    @Test
    void nothingOutsideItsOwnPlacesIsWritten() throws IOException {
        hw.run("run", "orders");
        hw.write("data/orders-2.csv", "id,amount,updated_at\n3,30.00,2026-01-03 10:00:00\n");
        Map<String, String> before = files();

        hw.run("verify", "orders", "--kills", "1");

        assertThat(files()).isEqualTo(before);
        assertThat(hw.rows("select count(*) from orders")).containsExactly("[2]");
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        folder.relativize(file).toString(),
                        java.util.Arrays.hashCode(Files.readAllBytes(file)) + " " + Files.size(file));
            }
        }
        return files;
    }

    @Test
    void whatDiffersIsNamedByKeyAndColumn() {
        hw.replace(
                "pipelines/orders.yml",
                "{derive: {doubled: \"amount * 2\"}}",
                "{sql: \"select *, random() as doubled from {{ input }}\"}");

        Hw.Result result = hw.run("verify", "orders", "--kills", "0");

        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.out())
                .contains("differs  the batch a second time")
                .containsPattern("warehouse:orders +different +id=1 +doubled")
                .contains("note: not tried: kills");
    }

    @Test
    void withNothingNewTheWholeSourceIsReplayed() {
        hw.replace("pipelines/orders.yml", "    incremental_key: updated_at\n    lookback: 7d\n", "");
        hw.run("run", "orders");

        Hw.Result result = hw.run("verify", "orders", "--kills", "0");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out())
                .contains("nothing new to read: the batch is everything the source has")
                .contains("2 rows onto 0");
    }

    @Test
    void aRunThatFailsProvesNothing() {
        hw.replace(
                "pipelines/orders.yml",
                "  load:",
                "  quality_gates: {pre_load: [{range: {column: amount, max: 15}}]}\n  load:");

        Hw.Result result = hw.run("verify", "orders", "--kills", "0");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("Cannot verify orders: the run itself fails:");
    }

    /** Columns of type 4 keep their versions in a table beside. */
    @Test
    void theTableBesideIsCopiedAndCompared() {
        hw.replace(
                "pipelines/orders.yml", "strategy: upsert, merge_keys: [id]", "strategy: merge, merge_keys: [id], SCD");
        hw.replace("pipelines/orders.yml", "amount * 2", "cast(amount * 2 as decimal(18,2))");
        hw.replace("pipelines/orders.yml", "SCD", "scd: {default: 1, columns: {doubled: 4}, valid_at: updated_at}");
        assertThat(hw.run("run", "orders").exitCode()).isZero();
        hw.write("data/orders-2.csv", "id,amount,updated_at\n2,21.00,2026-01-03 10:00:00\n");

        Hw.Result equal = hw.run("verify", "orders", "--kills", "0");
        hw.replace(
                "pipelines/orders.yml",
                "amount * 2",
                "amount * case when updated_at > timestamp '2026-01-02 12:00:00' then random() else 2 end");
        Hw.Result different = hw.run("verify", "orders", "--kills", "1");

        assertThat(equal.exitCode()).as(equal.out() + equal.err()).isZero();
        assertThat(different.exitCode()).as(different.out() + different.err()).isEqualTo(1);
        assertThat(different.out())
                .as(different.out() + different.err())
                .containsPattern("warehouse:orders_history +.*id=2");
    }

    @Test
    void aTargetThatMakesNoPlacesIsRefused() {
        hw.write("headworks.yml", PROJECT.replace("TYPE", "jdbc").replace("path: stored", "JDBC"));
        hw.replace(
                "headworks.yml",
                "JDBC",
                "dialect: derby, driver: drivers, driver_sha256: " + "0".repeat(64)
                        + ", host: localhost, database: stored, user: x");

        Hw.Result result = hw.run("verify", "orders");

        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(2);
        assertThat(result.err()).contains("neither a file or folder nor a server that makes databases", "not yet");
    }

    @Test
    void aFileNeedsNoOtherPlace() {
        assertThat(hw.run("verify", "orders", "--in", "warehouse").err())
                .contains("the target warehouse (duckdb) is a file or folder, which needs no --in");
    }
}
