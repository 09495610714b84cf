package io.headworks.core.spec.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one definition names must be there in another. */
class ReferencesTest {
    @TempDir
    Path folder;

    private static String pipeline(String name, String extract, String more, String load) {
        return "pipeline:\n  name: " + name + "\n  extract: " + extract + "\n" + more + "  load: " + load + "\n";
    }

    private static String csv(String name) {
        return pipeline(name, "{connection: landing, path: a.csv}", "", into(name));
    }

    private static String into(String table) {
        return "{connection: warehouse, table: " + table + ", strategy: truncate-reload}";
    }

    private static String stage(String operation) {
        return "  transform:\n    stages:\n      - name: s\n        operations:\n          - " + operation + "\n";
    }

    private ProjectFolder project(String... documents) {
        return ProjectFolder.in(folder).with("p.yml", String.join("---\n", documents));
    }

    @Nested
    class Connections {
        @Test
        void mustBeDeclared() {
            assertThat(project(pipeline("a", "{connection: landng, path: a.csv}", "", into("a")))
                            .messages())
                    .containsExactly(
                            "p.yml:3:25: Cannot use extract.connection: connection 'landng' is not known (allowed: landing, warehouse) | did you mean 'landing'?");
        }

        @Test
        void mustFitTheirUse() {
            assertThat(project(pipeline(
                                    "a",
                                    "{connection: landing, path: a.csv}",
                                    "",
                                    "{connection: landing, table: a, strategy: truncate-reload}"))
                            .messages())
                    .containsExactly(
                            "p.yml:4:22: Cannot use load.connection: connection 'landing' is no target (allowed: warehouse)");
        }

        @Test
        void haveKnownTypes() {
            ProjectFolder wrong = project(csv("a"))
                    .with(
                            "headworks.yml",
                            ProjectFolder.HEAD.replace("type: duckdb", "type: duckbd")
                                    + "  db: {type: kafka, host: x}\n");
            assertThat(wrong.messages())
                    .containsExactly(
                            "headworks.yml:4:21: Cannot use connections.warehouse.type: 'duckbd' is not known (allowed: files, duckdb, sqlite, parquet, postgresql, vault) | did you mean 'duckdb'?",
                            "headworks.yml:5:14: Cannot use connections.db.type: connections of type kafka are not built yet (allowed: files, duckdb, sqlite, parquet, postgresql, vault)");
        }

        @Test
        void takeTheSettingsOfTheirType() {
            ProjectFolder wrong = project(csv("a"))
                    .with(
                            "headworks.yml",
                            ProjectFolder.HEAD.replace("{type: files, path: data}", "{type: files, pth: data}"));
            assertThat(wrong.codes())
                    .containsExactly("headworks.yml:3:12 missing-key", "headworks.yml:3:26 unknown-key");
        }

        @Test
        void stayInsideTheFolder() {
            ProjectFolder wrong =
                    project(csv("a")).with("headworks.yml", ProjectFolder.HEAD.replace("path: data", "path: ../data"));
            assertThat(wrong.codes()).containsExactly("headworks.yml:3:32 invalid-value");
        }
    }

    @Nested
    class Names {
        @Test
        void ofPipelinesAreUnique() {
            assertThat(project(csv("a"), pipeline("A", "{connection: landing, path: a.csv}", "", into("b")))
                            .messages())
                    .containsExactly(
                            "p.yml:7:9: Cannot use pipeline name 'A' twice: also p.yml:2:9 | give one another name");
        }

        @Test
        void ofTablesAreWrittenOnce() {
            assertThat(project(csv("a"), pipeline("b", "{connection: landing, path: a.csv}", "", into("A")))
                            .messages())
                    .containsExactly("p.yml:9:40: Cannot write warehouse:A from two pipelines: also a (p.yml:4:40)");
        }

        @Test
        void seeThroughTwoConnectionsToOneFile() {
            ProjectFolder same = project(
                            csv("a"),
                            pipeline(
                                    "b",
                                    "{connection: landing, path: a.csv}",
                                    "",
                                    "{connection: other, table: a, strategy: truncate-reload}"))
                    .with("headworks.yml", ProjectFolder.HEAD + "  other: {type: duckdb, path: warehouse.duckdb}\n");
            assertThat(same.codes()).containsExactly("p.yml:9:36 duplicate-target");
        }

        @Test
        void ofChecksAreUnique() {
            assertThat(project(csv("a")
                                    + "  quality_gates:\n    pre_load:\n      - not_null: id\n      - not_null: id\n"
                                    + "      - range: {column: n, min: 0}\n      - range: {column: n, max: 9}\n")
                            .messages())
                    .containsExactly(
                            "p.yml:8:19: Cannot use quality_gates.pre_load[1].not_null: check 'not_null(id)' stands twice, first on line 7 | remove one of them");
        }
    }

    @Nested
    class Datasets {
        @Test
        void areFoundAmongWhatPipelinesWriteAndWhatIsExternal() {
            Project project = project(
                            csv("dim"),
                            pipeline(
                                    "fct",
                                    "{connection: landing, path: a.csv}",
                                    stage("lookup: {table: dim, match: {k: k}, take: [sk]}")
                                            + "          - sql: \"select * from {{ input }} join ref.days using (d)\"\n",
                                    into("fct")))
                    .with("headworks.yml", ProjectFolder.HEAD + "external: [ref.days]\n")
                    .project();
            PipelineSpec fct = project.pipeline("fct").orElseThrow();

            assertThat(fct.uses())
                    .containsExactly(
                            new DatasetUse(
                                    DatasetName.parse("dim"),
                                    DatasetName.parse("warehouse:dim"),
                                    "dim",
                                    project.pipeline("dim").orElseThrow().load()),
                            new DatasetUse(
                                    DatasetName.parse("ref.days"),
                                    DatasetName.parse("warehouse:ref.days"),
                                    null,
                                    null));
            assertThat(project.graph().order()).containsExactly("dim", "fct");
            assertThat(project.graph().nodes().get("fct").upstream()).containsExactly("dim");
        }

        @Test
        void areReportedWithTheNearestName() {
            assertThat(project(
                                    csv("dim_customer"),
                                    pipeline(
                                            "fct",
                                            "{connection: landing, path: a.csv}",
                                            stage("lookup: {table: dim_custmer, match: {k: k}, take: [sk]}"),
                                            into("fct")))
                            .messages())
                    .containsExactly(
                            "p.yml:13:29: Cannot use transform.stages[0].operations[0].lookup.table: dataset 'dim_custmer' is not known (allowed: what a pipeline writes, what is declared external) | did you mean 'dim_customer'?");
        }

        @Test
        void inSqlFilesAreReportedThere() {
            ProjectFolder wrong = project(
                            csv("dim"),
                            pipeline("fct", "{connection: landing, path: a.csv}", stage("sql: sql/a.sql"), into("fct")))
                    .with("sql/a.sql", "select *\nfrom {{ input }}\njoin dmi using (k)\n");
            assertThat(wrong.codes()).containsExactly("sql/a.sql:3:6 unknown-dataset");
        }

        @Test
        void ofOtherConnectionsNeedNoDeclaration() {
            assertThat(project(
                                    csv("a")
                                            + "  quality_gates: {post_load: [{reconcile: {expression: \"count(*)\", with: {connection: shop, table: orders}}}]}\n")
                            .with("headworks.yml", ProjectFolder.HEAD + "  shop: {type: sqlite, path: shop.sqlite}\n")
                            .codes())
                    .isEmpty();
        }

        @Test
        void areNotReportedMissingWhenTheirPipelineIsWrong() {
            assertThat(project(
                                    csv("dim") + "  ownr: x\n",
                                    pipeline(
                                            "fct",
                                            "{connection: landing, path: a.csv}",
                                            stage("lookup: {table: dim, match: {k: k}, take: [sk]}"),
                                            into("fct")))
                            .codes())
                    .containsExactly("p.yml:5:3 unknown-key");
        }
    }

    @Nested
    class Queries {
        @Test
        void ofExtractsOverWrittenConnectionsDecideTheOrder() {
            Project project = project(
                            csv("z_raw"),
                            pipeline(
                                    "a_mart",
                                    "{connection: warehouse, query: \"select * from z_raw\"}",
                                    "",
                                    into("a_mart")))
                    .project();
            assertThat(project.graph().order()).containsExactly("z_raw", "a_mart");
        }

        @Test
        void inAnotherDialectAreNoError() {
            assertThat(project(
                                    csv("z_raw"),
                                    pipeline(
                                            "a_mart",
                                            "{connection: warehouse, query: \"select top((1))\"}",
                                            "",
                                            into("a_mart")))
                            .codes())
                    .isEmpty();
        }
    }

    @Nested
    class Cycles {
        @Test
        void areReportedOnce() {
            String a = pipeline("a", "{connection: warehouse, table: c}", "", into("a"));
            String b = pipeline("b", "{connection: warehouse, table: a}", "", into("b"));
            String c = pipeline("c", "{connection: warehouse, table: b}", "", into("c"));
            String d = pipeline("d", "{connection: warehouse, table: c}", "", into("d"));
            assertThat(project(a, b, c, d).messages())
                    .containsExactly(
                            "p.yml:2:3: Cannot order pipelines: a reads c reads b reads a | let one of them read another table");
        }
    }

    @Nested
    class Sql {
        @Test
        void isReadWithPositionsInsideTheFile() {
            String block = "sql: |\n              select *\n              from {{ input }}\n              where ((a\n";
            assertThat(project(pipeline("a", "{connection: landing, path: a.csv}", stage(block), into("a")))
                            .messages())
                    .containsExactly(
                            "p.yml:11:21: Cannot read SQL of transform.stages[0].operations[0].sql.file: syntax error at \"((\"");
        }

        @Test
        void isReadInExpressions() {
            assertThat(project(pipeline(
                                    "a",
                                    "{connection: landing, path: a.csv}",
                                    stage("derive: {x: \"a + ((b\", y: 'it''s ((c'}"),
                                    into("a")))
                            .codes())
                    .containsExactly("p.yml:8:30 sql-syntax", "p.yml:8:46 sql-syntax");
        }

        @Test
        void takesOnlyKnownPlaceholders() {
            assertThat(project(pipeline(
                                    "a",
                                    "{connection: landing, path: a.csv}",
                                    stage("sql: \"select {{ var.country }}, {{ runid }} from {{ input }}\""),
                                    into("a")))
                            .messages())
                    .containsExactly(
                            "p.yml:8:26: Cannot use SQL of transform.stages[0].operations[0].sql.file: {{ var.country }} is not known (allowed: input, from, to, now, run_id, env)",
                            "p.yml:8:45: Cannot use SQL of transform.stages[0].operations[0].sql.file: {{ runid }} is not known (allowed: input, from, to, now, run_id, env) | did you mean {{ run_id }}?");
        }
    }

    @Nested
    class Append {
        private List<String> codes(String extract, String more) {
            return project(pipeline(
                            "a", extract, "", "{connection: warehouse, table: a, strategy: append" + more + "}"))
                    .codes();
        }

        @Test
        void isRefusedWhereARunWouldLoadRowsAgain() {
            assertThat(codes("{connection: landing, path: a.csv}", "")).containsExactly("p.yml:4:53 append-repeats");
            assertThat(codes("{connection: warehouse, table: b, strategy: incremental, incremental_key: k}", ""))
                    .containsExactly("p.yml:4:53 append-repeats");
        }

        @Test
        void isAllowedForNewFilesSlicesAndKeys() {
            assertThat(codes("{connection: landing, path: a.csv, strategy: incremental}", ""))
                    .isEmpty();
            assertThat(codes("{connection: landing, path: a.csv, slice: {by: d}}", ""))
                    .isEmpty();
            assertThat(codes(
                            "{connection: warehouse, table: b, strategy: incremental, incremental_key: k}",
                            ", merge_keys: [k]"))
                    .isEmpty();
        }
    }
}
