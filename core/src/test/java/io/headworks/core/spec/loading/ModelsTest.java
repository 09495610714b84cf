package io.headworks.core.spec.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.Extract.Reading;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as they are read from their files: their settings, their place in the graph, and what is wrong with them. */
class ModelsTest {
    private static final String SOURCE = """
            pipeline:
              name: load_orders
              extract: {connection: landing, path: orders.csv}
              load: {connection: warehouse, table: orders, strategy: truncate-reload}
            """;
    private static final String RELOAD = "defaults: {load: {connection: warehouse, strategy: truncate-reload}}\n";

    @TempDir
    Path folder;

    private ProjectFolder project;

    @BeforeEach
    void orders() {
        project = ProjectFolder.in(folder).with("pipelines/orders.yml", SOURCE).with("models/models.yml", RELOAD);
    }

    private static PipelineSpec model(Project project, String name) {
        return project.pipeline(name).orElseThrow();
    }

    @Nested
    class Settings {
        @Test
        void comeFromTheFileItsFoldersAndTheProject() {
            project.with(
                            "headworks.yml",
                            ProjectFolder.HEAD
                                    + "defaults: {owner: everybody, tier: 3, extract: {source_system: shop}}\n")
                    .with("models/marts/_marts.yml", """
                            defaults: {owner: marts, load: {strategy: upsert}}
                            models:
                              fct_orders: {load: {merge_keys: [id]}, tags: [sales]}
                            """)
                    .with("models/marts/fct_orders.sql", "select id from orders")
                    .with("models/stg_orders.sql", "select id from orders");

            Project read = project.project();

            PipelineSpec fact = model(read, "fct_orders");
            assertThat(fact.owner()).isEqualTo("marts");
            assertThat(fact.tier()).isEqualTo(3);
            assertThat(fact.load().strategy()).isEqualTo(Strategy.UPSERT);
            assertThat(fact.load().mergeKeys()).containsExactly("id");
            assertThat(fact.writes()).isEqualTo(DatasetName.parse("warehouse:fct_orders"));
            assertThat(fact.place()).hasToString("models/marts/fct_orders.sql:1:1");
            PipelineSpec staging = model(read, "stg_orders");
            assertThat(staging.owner()).isEqualTo("everybody");
            assertThat(staging.load().strategy()).isEqualTo(Strategy.TRUNCATE_RELOAD);
            assertThat(staging.extract().extract().reading()).isInstanceOf(Reading.Model.class);
        }

        @Test
        void mayStandAtTheHeadOfTheFile() {
            project.with("models/fct_orders.sql", """
                    /* model
                    load: {table: marts.fct_orders, strategy: upsert, merge_keys: [id]}
                    tags: [sales]
                    */
                    select id from orders
                    """);

            PipelineSpec model = model(project.project(), "fct_orders");

            assertThat(model.writes()).isEqualTo(DatasetName.parse("warehouse:marts.fct_orders"));
            assertThat(model.tags()).containsExactly("sales");
        }

        @Test
        void ofAHeadAreReportedByTheLinesOfTheFile() {
            project.with("models/a.sql", "\n/* model\nload: {strategi: upsert}\nowner: [x]\n*/\nselect 1 as id\n");

            assertThat(project.messages())
                    .anyMatch(line -> line.startsWith("models/a.sql:3:8: Cannot use key 'strategi' in load")
                            && line.endsWith("did you mean 'strategy'?"))
                    .anyMatch(line -> line.startsWith("models/a.sql:4:8: Cannot use owner"));
        }

        @Test
        void forAModelThatIsNotThereNameTheNearest() {
            project.with("models/stg_orders.sql", "select id from orders")
                    .with("models/more.yml", "models: {stg_order: {owner: me}}\n");

            assertThat(project.messages())
                    .containsExactly(
                            "models/more.yml:1:10: Cannot use settings of model 'stg_order': there is no stg_order.sql in"
                                    + " models/ or below | did you mean 'stg_orders'?");
        }

        @Test
        void cannotSayWhatTheFileSays() {
            project.with("models/a.sql", "select id from orders")
                    .with("models/more.yml", "models: {a: {name: b, extract: {connection: landing}}}\n");

            assertThat(project.messages())
                    .anyMatch(line ->
                            line.contains("Cannot use key 'name' in model: its name and its SELECT are the file's"))
                    .anyMatch(line -> line.contains("Cannot use key 'extract' in model: it is not known"));
        }

        @Test
        void belongBesideTheSql() {
            project.with("models/a.sql", "select id from orders").with("more.yml", "models: {a: {owner: me}}\n");

            assertThat(project.messages())
                    .containsExactly(
                            "more.yml:1:1: Cannot use key 'models' in more.yml: it belongs in a file below models/, beside"
                                    + " the SQL");
        }

        @Test
        void thatAreMissingAreNamed() {
            project.with("models/models.yml", "defaults: {owner: me}\n").with("models/a.sql", "select id from orders");

            assertThat(project.messages())
                    .anyMatch(line -> line.startsWith("models/a.sql:1:1: Cannot use load: key 'connection' is missing"))
                    .anyMatch(line -> line.startsWith("models/a.sql:1:1: Cannot use load: key 'strategy' is missing"));
        }
    }

    @Nested
    class TheGraph {
        @Test
        void putsModelsAfterWhatTheyRead() {
            project.with("models/a_report.sql", "select id from Stg_Orders")
                    .with("models/stg_orders.sql", "select id from orders");

            Project read = project.project();

            assertThat(read.graph().order()).containsExactly("load_orders", "stg_orders", "a_report");
            assertThat(model(read, "a_report").uses().get(0).dataset())
                    .isEqualTo(DatasetName.parse("warehouse:stg_orders"));
        }

        @Test
        void namesTheNearestOfWhatNobodyProvides() {
            project.with("models/a.sql", "select id\nfrom ordrs\n");

            assertThat(project.messages())
                    .containsExactly(
                            "models/a.sql:2:6: Cannot use SQL of model: dataset 'ordrs' is not known (allowed: what a"
                                    + " pipeline writes, what is declared external) | did you mean 'orders'?");
        }

        @Test
        void showsACycleAsAPath() {
            project.with("models/a.sql", "select id from c")
                    .with("models/b.sql", "select id from a")
                    .with("models/c.sql", "select id from b");

            assertThat(project.messages())
                    .containsExactly(
                            "models/a.sql:1:1: Cannot order pipelines: a reads c reads b reads a | let one of them read"
                                    + " another table");
        }

        @Test
        void hasOneOwnerOfEachTable() {
            project.with("models/orders.sql", "select 1 as id");

            assertThat(project.messages())
                    .anyMatch(line -> line.contains("Cannot write warehouse:orders from two pipelines"));
        }
    }
}
