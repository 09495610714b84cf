package io.headworks.core.spec.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.Extract;
import io.headworks.api.source.SourceTable;
import io.headworks.core.spec.Origin;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.TableGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline of many tables becomes one for each table that the source shows. */
class ManyTablesTest {
    private static final String HEAD = """
            project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
            defaults: {owner: data}
            connections:
              shop_db: {type: postgresql, host: localhost, database: shop}
              warehouse: {type: duckdb, path: warehouse.duckdb}
            """;
    private static final String SHOP = """
            pipeline:
              name: shop
              extract:
                connection: shop_db
                tables: {include: ["public.*"], exclude: ["public.tmp_*"]}
                strategy: incremental
                incremental_key: [updated_at, modified_at]
                lookback: 2h
              load: {connection: warehouse, table: "raw_shop_${table}", strategy: upsert}
              overrides:
                public.countries: {extract: {strategy: full}, load: {strategy: truncate-reload}}
            """;

    @TempDir
    Path folder;

    private ProjectFolder project;

    @BeforeEach
    void write() {
        project = new ProjectFolder(folder).with("headworks.yml", HEAD).with("pipelines/shop.yml", SHOP);
        project.tables = List.of(
                table("public", "orders", "id", "updated_at"),
                table("public", "customers", "id", "Modified_At"),
                table("public", "countries", "code"),
                table("public", "tmp_orders", "id"),
                view("public", "open_orders", "id", "updated_at"),
                table("audit", "log", "id", "updated_at"));
    }

    private static SourceTable table(String schema, String name, String... columns) {
        return new SourceTable(new TableName(schema, name), schema.equals("public"), false, List.of(columns));
    }

    private static SourceTable view(String schema, String name, String... columns) {
        return new SourceTable(new TableName(schema, name), schema.equals("public"), true, List.of(columns));
    }

    private List<String> names() {
        return project.project().pipelines().stream().map(PipelineSpec::name).toList();
    }

    private TableGroup group() {
        return project.project().groups().get(0);
    }

    private PipelineSpec pipeline(String name) {
        return project.project().pipeline(name).orElseThrow();
    }

    @Test
    void eachTableIsAPipelineOfItsOwn() {
        assertThat(names()).containsExactly("shop.countries", "shop.customers", "shop.orders");
        PipelineSpec orders = pipeline("shop.orders");
        assertThat(orders.extract().extract().reading())
                .isEqualTo(new Extract.Reading.Table(new TableName("public", "orders")));
        assertThat(orders.writes()).hasToString("warehouse:raw_shop_orders");
        assertThat(orders.extract().incremental().key()).isEqualTo("updated_at");
        assertThat(group().refused()).isEmpty();
    }

    @Test
    void theFirstIncrementalKeyThatATableHasIsTakenInItsOwnSpelling() {
        assertThat(pipeline("shop.customers").extract().incremental().key()).isEqualTo("Modified_At");
    }

    @Test
    void anOverrideThatReadsEverythingNeedsNoKeysOfIncrementalReading() {
        PipelineSpec countries = pipeline("shop.countries");
        assertThat(countries.extract().isIncremental()).isFalse();
        assertThat(countries.load().strategy()).isEqualTo(Strategy.TRUNCATE_RELOAD);
    }

    @Test
    void aTableWithoutTheKeyIsRefusedAlone() {
        project.with("pipelines/shop.yml", SHOP.replace("public.countries", "public.orders"));
        assertThat(names()).containsExactly("shop.customers", "shop.orders");
        TableGroup.Refusal refusal = group().refused().get("shop.countries");
        assertThat(refusal.message())
                .isEqualTo(
                        "Cannot make a pipeline of public.countries for shop: it has no column updated_at, modified_at (columns: code)");
        assertThat(refusal.hint()).contains("overrides: {public.countries: {extract: {incremental_key: …}}}");
    }

    @Test
    void valuesKnowWhereTheyComeFrom() {
        assertThat(pipeline("shop.countries").origins())
                .contains(
                        new Origin("name", "shop.countries", new Place("pipelines/shop.yml", 2, 9)),
                        new Origin("owner", "data", new Place("headworks.yml", 2, 19)),
                        new Origin("extract.table", "public.countries", new Place("pipelines/shop.yml", 5, 13)),
                        new Origin("extract.strategy", "full", new Place("pipelines/shop.yml", 11, 44)),
                        new Origin("load.table", "raw_shop_countries", new Place("pipelines/shop.yml", 9, 40)));
    }

    @Test
    void defaultsOfAFolderAndOfAFileLieBetween() {
        project.with("pipelines/defaults.yml", "defaults: {owner: shop-team, tier: 1}\n")
                .with("pipelines/shop.yml", "defaults: {tier: 3}\n---\n" + SHOP);
        PipelineSpec orders = pipeline("shop.orders");
        assertThat(orders.owner()).isEqualTo("shop-team");
        assertThat(orders.tier()).isEqualTo(3);
        assertThat(orders.origins())
                .contains(new Origin("owner", "shop-team", new Place("pipelines/defaults.yml", 1, 19)));
    }

    @Test
    void patternsWithoutASchemaAreForTheConnectionsOwn() {
        project.with("pipelines/shop.yml", SHOP.replace("[\"public.*\"]", "[\"*\"]"));
        assertThat(names()).contains("shop.orders").doesNotContain("shop.log");
        assertThat(pipeline("shop.orders").extract().extract().reading())
                .isEqualTo(new Extract.Reading.Table(new TableName(null, "orders")));
    }

    @Test
    void aViewIsTakenByItsWholeName() {
        project.with("pipelines/shop.yml", SHOP.replace("[\"public.*\"]", "[\"public.*\", public.open_orders]"));
        assertThat(names()).contains("shop.open_orders");
    }

    @Test
    void tablesOfOneNameAreRefusedUntilOneIsNamed() {
        String both = SHOP.replace("[\"public.*\"]", "[\"public.*\", \"sales.*\"]");
        project.tables = List.of(
                table("public", "orders", "updated_at"),
                table("public", "countries", "code"),
                table("sales", "orders", "updated_at"));
        project.with("pipelines/shop.yml", both);
        assertThat(names()).containsExactly("shop.countries");
        assertThat(group().refused().get("shop.orders").message())
                .isEqualTo(
                        "Cannot make one pipeline shop.orders of two tables: several that shop takes have this name");

        project.with(
                "pipelines/shop.yml",
                both + "    sales.orders: {name: sales_orders, load: {table: raw_sales_orders}}\n");
        assertThat(names()).containsExactly("shop.countries", "shop.orders", "shop.sales_orders");
    }

    @Test
    void tablesThatGoToOneTableAreRefused() {
        project.tables = List.of(table("public", "orders", "updated_at"), table("sales", "orders", "updated_at"));
        project.with(
                "pipelines/shop.yml",
                SHOP.replace("[\"public.*\"]", "[\"public.*\", \"sales.*\"]")
                        .replace(
                                "public.countries: {extract: {strategy: full}, load: {strategy: truncate-reload}}",
                                "sales.orders: {name: other}"));
        assertThat(project.messages())
                .singleElement()
                .asString()
                .contains("Cannot write warehouse:raw_shop_orders from two pipelines: also shop.orders");
    }

    @Test
    void aNameThatCouldBeAPlaceholderNeverBecomesOne() {
        project.environment.put("SECRET", "hunter2");
        project.tables = List.of(
                table("public", "countries", "code"),
                table("public", "x${env:SECRET}", "updated_at"),
                table("public", "order items", "updated_at"));
        assertThat(names()).containsExactly("shop.countries");
        assertThat(group().refused()).containsOnlyKeys("shop.order items", "shop.x${env:SECRET}");
        assertThat(group().refused().get("shop.order items").hint())
                .isEqualTo("name it: overrides: {\"public.order items\": {name: order_items}}");
    }

    @Test
    void anOverrideForNoTableIsRefused() {
        project.with("pipelines/shop.yml", SHOP.replace("public.countries", "public.countrys"));
        assertThat(group().refused().get("shop.countrys").message())
                .startsWith(
                        "Cannot use override 'public.countrys' of shop (pipelines/shop.yml:11:5): it takes no such table");
        assertThat(group().refused().get("shop.countrys").hint()).isEqualTo("did you mean 'public.countries'?");
    }

    @Test
    void aSourceOutOfReachRefusesItsTablesAndNothingElse() {
        project.failure = new HeadworksException(FailureKind.SOURCE_UNREACHABLE, "Cannot connect", "start it");
        project.with("pipelines/day.yml", """
                pipeline:
                  name: day
                  extract: {connection: shop_db, table: days}
                  load: {connection: warehouse, table: days, strategy: truncate-reload}
                """);
        Project read = project.project();
        assertThat(read.pipelines()).extracting(PipelineSpec::name).containsExactly("day");
        assertThat(read.groups().get(0).refused())
                .isEqualTo(Map.of(
                        "shop", new TableGroup.Refusal(FailureKind.SOURCE_UNREACHABLE, "Cannot connect", "start it")));
    }

    @Test
    void withoutASourceTheFileIsReadAllTheSame() {
        project.tables = null;
        assertThat(project.project().pipelines()).isEmpty();
        project.with(
                "pipelines/shop.yml",
                SHOP.replace("strategy: full", "strategy: ful").replace("lookback: 2h", "lokback: 2h"));
        assertThat(project.codes())
                .containsExactly("pipelines/shop.yml:8:5 unknown-key", "pipelines/shop.yml:11:44 invalid-value");
    }

    @Test
    void othersMayReadWhatItMayWrite() {
        project.tables = null;
        String mart = """
                pipeline:
                  name: mart
                  extract: {connection: warehouse, table: raw_shop_orders}
                  transform: {stages: [{name: s, operations: [{sql: "select * from {{ input }} join %s using (id)"}]}]}
                  load: {connection: warehouse, table: mart, strategy: truncate-reload}
                """;
        assertThat(project.with("mart.yml", mart.formatted("raw_shop_customers"))
                        .codes())
                .isEmpty();
        assertThat(project.with("mart.yml", mart.formatted("raw_store_customers"))
                        .codes())
                .containsExactly("mart.yml:4:85 unknown-dataset");
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThat(refusal(SHOP.replace("    tables:", "    table: orders\n    tables:")))
                .contains("extract.table excludes extract.tables (allowed: one of them)");
        assertThat(refusal(SHOP.replace("raw_shop_${table}", "raw_shop")))
                .contains("load.table 'raw_shop' is the same for all tables (allowed: a name with ${table})");
        assertThat(refusal(SHOP.replace(
                        "tables: {include: [\"public.*\"], exclude: [\"public.tmp_*\"]}", "table: orders")))
                .contains("Cannot use extract.incremental_key: it is a list");
    }

    private String refusal(String yaml) {
        return String.join("\n", project.with("pipelines/shop.yml", yaml).messages());
    }
}
