package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw run} with {@code --dry-run} and {@code --retry}, and {@code hw setup}. */
final class RunOptionsTest {
    private static final String BAD_ROWS = "order_id,customer,status,amount,ordered_at\n"
            + "7,Linus,lost,9.99,2026-01-08 10:00:00\n8,Margaret,paid,5,2026-01-08 10:00:00\n";
    private static final String COPY = """
            pipeline:
              name: copies
              owner: data-team
              extract: {connection: warehouse, table: orders, columns: [order_id, customer], strategy: full}
              load: {connection: warehouse, table: copies, strategy: truncate-reload}
              quality_gates: {post_load: [{unique: order_id}]}
            """;

    @TempDir
    Path temporary;

    private Hw hw;

    @BeforeEach
    void init() {
        Path folder = temporary.resolve("shop");
        Hw.runAnywhere("init", folder.toString());
        hw = new Hw(folder);
    }

    private List<?> runs(Map<String, Object> document) {
        return (List<?>) Objects.requireNonNull(document.get("runs"));
    }

    @Nested
    class DryRun {
        @Test
        void readsAndChecksEverythingAndWritesNothing() {
            hw.write("data/orders2.csv", BAD_ROWS);

            Hw.Result dry = hw.run("run", "orders", "--dry-run");

            assertThat(dry.exitCode()).isZero();
            assertThat(dry.out())
                    .contains("orders dry run success: 8 read, 7 would go into warehouse:orders, 1 rejected")
                    .contains("3 checks passed, 1 warned");
            assertThat(hw.folder().resolve("warehouse.duckdb")).doesNotExist();
            assertThat(runs(hw.json("runs"))).isEmpty();
            assertThat(hw.run("run", "orders").out()).contains("orders success: 8 read, 7 inserted, 1 rejected");
        }

        @Test
        void countsWhatADirectPlanWouldWriteAndLeavesTheTableAlone() {
            hw.write("pipelines/copies.yml", COPY);
            hw.run("run", "orders");

            Hw.Result dry = hw.run("run", "copies", "--dry-run");

            assertThat(dry.out()).contains("copies dry run success: 6 read, 6 would go into warehouse:copies");
            assertThat(hw.run("connection", "tables", "warehouse").out()).isEqualToIgnoringNewLines("orders");
        }

        @Test
        void failsWhereTheRunWouldFail() {
            hw.replace("pipelines/orders.yml", "max_rejected: 20%", "max_rejected: 10%");
            hw.write("data/orders2.csv", BAD_ROWS);

            Hw.Result dry = hw.run("run", "orders", "--dry-run");

            assertThat(dry.exitCode()).isEqualTo(3);
            assertThat(hw.folder().resolve("warehouse.duckdb")).doesNotExist();
        }
    }

    @Nested
    class Retry {
        @BeforeEach
        void aFailureAndWhatDependsOnIt() {
            hw.write("pipelines/copies.yml", COPY);
            hw.write("pipelines/other.yml", """
                    pipeline:
                      name: other
                      owner: data-team
                      extract: {connection: landing, path: other.csv, strategy: full, columns: {a: bigint}}
                      load: {connection: warehouse, table: other, strategy: truncate-reload}
                    """);
            hw.write("data/other.csv", "a\n1\n");
            hw.write(
                    "data/orders2.csv", "order_id,customer,status,amount,ordered_at\n7,L,paid,x,2026-01-08 10:00:00\n");
            hw.replace("pipelines/orders.yml", "max_rejected: 20%", "max_rejected: 1%");
        }

        private String failedRun() {
            Hw.Result all = hw.run("run", "--all");
            assertThat(all.exitCode()).isEqualTo(3);
            assertThat(all.out()).contains("orders failed", "other unverified", "copies skipped");
            return String.valueOf(((Map<?, ?>) runs(hw.json("runs", "orders")).get(0)).get("run_id"));
        }

        @Test
        void runsWhatFailedAndWhatNeverStarted() {
            String failed = failedRun();
            hw.write(
                    "data/orders2.csv", "order_id,customer,status,amount,ordered_at\n7,L,paid,1,2026-01-08 10:00:00\n");

            Hw.Result retry = hw.run("run", "--retry", failed);

            assertThat(retry.exitCode()).as(retry.err()).isZero();
            assertThat(retry.out())
                    .contains("orders success: 7 read", "copies success: 7 read")
                    .doesNotContain("other");
            assertThat(runs(hw.json("runs", "copies")))
                    .first()
                    .hasFieldOrPropertyWithValue("trigger", "retry of " + failed);
        }

        @Test
        void keepsTheWindowOfThen() {
            hw.replace(
                    "pipelines/orders.yml",
                    "strategy: incremental",
                    "strategy: incremental\n    incremental_key: ordered_at");
            hw.run("run", "orders", "--from", "2026-01-06", "--to", "2026-01-09");
            String failed =
                    String.valueOf(((Map<?, ?>) runs(hw.json("runs", "orders")).get(0)).get("run_id"));

            Map<String, Object> retry = hw.json("run", "--retry", failed);

            assertThat(((Map<?, ?>) runs(retry).get(0)).get("asked"))
                    .hasFieldOrPropertyWithValue("from", "2026-01-06")
                    .hasFieldOrPropertyWithValue("to", "2026-01-09");
        }

        @Test
        void refusesWhereNothingIsLeft() {
            failedRun();

            Hw.Result retry = hw.run("run", "--retry", "other");

            assertThat(retry.exitCode())
                    .as("other's command also asked for orders")
                    .isEqualTo(3);
            hw.run("run", "other");
            assertThat(hw.run("run", "--retry", "other").err()).contains("every pipeline of it was published");
            assertThat(hw.run("run", "--retry", "0000").err()).contains("Cannot find run '0000'");
            assertThat(hw.run("run", "orders", "--retry", "other").err()).contains("--retry says by itself");
        }
    }

    @Test
    void setupMakesOurTablesAndRunsAgainWithoutHarm() {
        Hw.Result first = hw.run("setup", "warehouse");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("warehouse is ready");
        assertThat(hw.rows("select count(*) from headworks.ledger")).containsExactly("[0]");
        hw.run("run", "orders");
        assertThat(hw.run("setup", "warehouse").exitCode()).isZero();
        assertThat(hw.rows("select count(*) from headworks.ledger")).containsExactly("[1]");
        assertThat(hw.run("setup", "landing").err()).contains("its type 'files' is no target");
    }
}
