package io.headworks.core.spec.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.check.OnFail;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.transform.Operation;
import io.headworks.api.type.DataType;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectLoaderTest {
    private static final String ORDERS = """
            pipeline:
              name: orders
              owner: sales-data
              tags: [sales]
              resources: {memory: 2GB, threads: 2, timeout: 60m}
              extract:
                connection: landing
                path: "orders/*.csv"
                columns: {order_id: bigint, amount: "decimal(18,2)", status: text}
                files: {format: csv, options: {delimiter: ";"}}
              transform:
                stages:
                  - name: clean
                    operations:
                      - trim: [status]
                      - cast: {amount: "decimal(12,2)"}
                      - map_codes: {column: status, with: codes/status.csv, unknown: {value: other}}
                      - derive: {is_large: "amount > 1000"}
                  - name: shape
                    operations:
                      - sql: sql/shape.sql
              load:
                connection: warehouse
                table: marts.fct_orders
                strategy: upsert
                merge_keys: order_id
              quality_gates:
                pre_load:
                  - not_null: order_id
                  - range: {column: amount, min: 0, severity: P2, fail_above: 1%}
                post_load:
                  - unique: order_id
              error_handling: {strategy: dead-letter, max_rejected: 1%}
            """;

    @TempDir
    Path folder;

    private ProjectFolder orders() {
        return ProjectFolder.in(folder)
                .with("pipelines/orders.yml", ORDERS)
                .with("codes/status.csv", "code,value\nP,paid\n\"S\",\"ship\"\"ped\"\n")
                .with("sql/shape.sql", "select * from {{ input }}");
    }

    @Test
    void readsAPipelineIntoValuesOfTheApi() {
        Project project = orders().project();
        PipelineSpec pipeline = project.pipeline("orders").orElseThrow();

        assertThat(project.connections().get("warehouse").path("path")).isEqualTo(folder.resolve("warehouse.duckdb"));
        assertThat(pipeline.writes()).isEqualTo(DatasetName.parse("warehouse:marts.fct_orders"));
        assertThat(pipeline.extract().extract().reading()).isEqualTo(new Reading.Files("orders/*.csv"));
        assertThat(pipeline.extract().extract().columns().get(1).type()).isEqualTo(new DataType.Decimal(18, 2));
        assertThat(pipeline.extract().isIncremental()).isFalse();
        assertThat(pipeline.load().strategy()).isEqualTo(Strategy.UPSERT);
        assertThat(pipeline.load().mergeKeys()).containsExactly("order_id");
        assertThat(pipeline.resources().memory()).isEqualTo(2_000_000_000L);
        assertThat(pipeline.errorHandling().deadLetters()).isTrue();
        assertThat(pipeline.errorHandling().maxRejected()).isEqualTo(new Threshold(new BigDecimal("0.01"), true));
    }

    @Test
    void readsStagesWithTheFilesTheyName() {
        PipelineSpec pipeline = orders().project().pipeline("orders").orElseThrow();

        assertThat(pipeline.stages()).hasSize(2);
        assertThat(pipeline.stages().get(0).operations().get(2))
                .isEqualTo(new Operation.MapCodes(
                        "status", Map.of("P", "paid", "S", "ship\"ped"), Operation.MapCodes.Unknown.VALUE, "other"));
        assertThat(pipeline.stages().get(1).operations())
                .containsExactly(new Operation.Sql("sql/shape.sql", "select * from {{ input }}", "duckdb"));
    }

    @Test
    void fillsInWhatChecksLeaveOut() {
        PipelineSpec pipeline = orders().project().pipeline("orders").orElseThrow();

        assertThat(pipeline.preLoad())
                .satisfiesExactly(
                        notNull -> {
                            assertThat(notNull.name()).isEqualTo("not_null(order_id)");
                            assertThat(notNull.onFail()).isEqualTo(OnFail.REJECT);
                            assertThat(notNull.scope()).isEqualTo(Scope.BATCH);
                        },
                        range -> {
                            assertThat(range.severity()).isEqualTo(Severity.P2);
                            assertThat(range.onFail()).isEqualTo(OnFail.RECORD);
                            assertThat(range.failAbove()).hasToString("1%");
                        });
        assertThat(pipeline.postLoad()).satisfiesExactly(unique -> {
            assertThat(unique.onFail()).isEqualTo(OnFail.STOP);
            assertThat(unique.scope()).isEqualTo(Scope.TOUCHED);
        });
    }

    @Test
    void asksTheInspectorOnceForAllSqlAndNotAtAllWithoutAny() {
        ProjectFolder folder = orders();
        folder.project();
        assertThat(folder.inspections.calls).isEqualTo(1);

        ProjectFolder without = ProjectFolder.in(this.folder)
                .with(
                        "pipelines/orders.yml",
                        "pipeline: {name: a, extract: {connection: landing, path: x.csv}, load: {connection: warehouse, table: t, strategy: truncate-reload}}");
        without.project();
        assertThat(without.inspections.calls).isZero();
    }

    @Test
    void reportsEverythingAtOnceInOrder() {
        ProjectFolder wrong = ProjectFolder.in(folder)
                .with("a.yml", ORDERS.replace("upsert", "upsrt").replace("owner:", "ownr:"))
                .with("b.yml", "pipelin:\n  name: b\n")
                .with("sql/shape.sql", "select * from {{ input }}");

        assertThat(wrong.messages())
                .containsExactly(
                        "a.yml:3:3: Cannot use key 'ownr' in pipeline: it is not known (allowed: name, owner, description, schedule, sla_minutes, tier, tags, resources, extract, transform, load, quality_gates, error_handling, overrides) | did you mean 'owner'?",
                        "a.yml:17:47: Cannot use transform.stages[0].operations[2].map_codes.with: cannot read 'codes/status.csv': there is no such file (allowed: the path of a CSV file with the columns code,value)",
                        "a.yml:25:15: Cannot use load.strategy: 'upsrt' is not known (allowed: append, upsert, merge, truncate-reload, partition-swap, soft-delete, view) | did you mean 'upsert'?",
                        "b.yml:1:1: Cannot use key 'pipelin' in project file: it is not known (allowed: project, variables, defaults, connections, environments, state, external, alert_channels, lint, pipeline, checks, tests, contract, published_contract, contract_notice, models) | did you mean 'pipeline'?");
    }
}
