package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs, plans and {@code hw schema-change} say of a source whose columns change. */
final class SourceDriftTest {
    private static final String EXTRACT = "extract: {connection: landing, path: '*.csv', strategy: full}";
    private static final String LOAD =
            "load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}";
    private static final String CHECK = "quality_gates: {post_load: [{range: {column: amount, min: 0}}]}";

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void aFirstLoad() {
        shop = new Shop(folder, "duckdb").pipeline(EXTRACT, LOAD, CHECK).rows("1.csv", 1, 40);
        Hw.Result run = shop.run();
        assertThat(run.exitCode()).as(run.toString()).isZero();
    }

    private Map<String, Object> report(String source) {
        Hw.Result shown = shop.hw().run("schema-change", source, "--output", "json");
        assertThat(shown.exitCode()).as(shown.toString()).isZero();
        List<?> sources = (List<?>) Objects.requireNonNull(shown.document().get("sources"));
        assertThat(sources).hasSize(1);
        @SuppressWarnings("unchecked")
        Map<String, Object> report = (Map<String, Object>) sources.get(0);
        return report;
    }

    private static List<String> classes(Object changes) {
        return ((List<?>) changes)
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .map(each -> each.get("class") + " " + each.get("column"))
                        .toList();
    }

    private void withNotes() {
        StringBuilder text = new StringBuilder("id,amount,note\n");
        for (int id = 1; id <= 40; id++) {
            text.append(id).append(',').append(id * 10).append(",n").append(id).append('\n');
        }
        shop.hw().write("data/1.csv", text.toString());
    }

    private void renamed() {
        shop.hw().replace("data/1.csv", "id,amount", "id,total");
    }

    @Test
    void nothingIsSaidWhileNothingChanges() {
        assertThat(shop.hw().run("plan", "orders", "--full-refresh").out()).doesNotContain("source changed");
        assertThat(shop.log().get("source_changes")).isEqualTo(List.of());
        assertThat(report("orders").get("changes")).isEqualTo(List.of());
        assertThat(shop.hw().run("schema-change", "orders").out())
                .contains("nothing changed since version 1, the last load's");
    }

    @Test
    void aNewColumnIsInPlanRunAndRegistry() {
        withNotes();

        assertThat(shop.hw().run("plan", "orders").out())
                .contains("source changed (additive): column 'note' text is new");
        assertThat(classes(report("orders").get("changes"))).containsExactly("additive note");
        assertThat(shop.run().exitCode()).isZero();

        assertThat(classes(Objects.requireNonNull(shop.log().get("source_changes"))))
                .containsExactly("additive note");
        assertThat(shop.log().get("notes").toString()).contains("source changed (additive): column 'note' text is new");
        Map<String, Object> report = report("landing:*.csv");
        List<?> versions = (List<?>) report.get("versions");
        assertThat(versions).hasSize(2);
        assertThat(classes(((Map<?, ?>) versions.get(1)).get("changes"))).containsExactly("additive note");
        assertThat(report.get("changes")).as("it is loaded by now").isEqualTo(List.of());
    }

    @Test
    void aRefusedRunRemembersWhatItSaw() {
        renamed();

        Hw.Result run = shop.run();

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(classes(Objects.requireNonNull(shop.log().get("source_changes"))))
                .startsWith("removed amount", "additive total");
        assertThat((List<?>) report("orders").get("versions")).hasSize(2);
        assertThat(shop.run().exitCode()).as("it does not get used to it").isEqualTo(6);
        assertThat((List<?>) report("orders").get("versions")).hasSize(2);
    }

    @Test
    void aRenameIsGuessedByItsValuesAndNeverActedOn() {
        renamed();

        Hw.Result shown = shop.hw().run("schema-change", "orders");

        assertThat(shown.out())
                .contains(
                        "column 'amount' may be called 'total' now (confidence ",
                        "40 of 40 values were in it before, NULL 0 % before and 0 % now, same type, same place)",
                        "amount is used by:",
                        "column   warehouse:orders(amount)",
                        "pipelines/orders.yml:");
        assertThat(shop.hw().rows("select count(amount) from orders")).containsExactly("[40]");
        shop.hw().write("data/1.csv", "id,total\n1,-5\n2,-6\n3,-7\n4,-8\n5,-9\n6,-11\n7,-12\n8,-13\n9,-14\n10,-15\n");
        assertThat(shop.hw().run("schema-change", "orders").out())
                .as("none of its values is known")
                .doesNotContain("may be called");
    }

    @Test
    void aDryRunIsNoLook() {
        withNotes();
        assertThat(shop.run("--dry-run").exitCode()).isZero();
        assertThat((List<?>) report("orders").get("versions")).hasSize(1);
    }

    @Test
    void stagesThatDoNotFitAreSaidAndTheLookCounts() {
        shop.pipeline(
                EXTRACT,
                "transform: {stages: [{name: s, operations: [{derive: {twice: amount * 2}}]}]}",
                LOAD.replace("orders", "twice"));
        assertThat(shop.run().exitCode()).isZero();
        renamed();
        assertThat(shop.run().exitCode()).isNotZero();

        Map<String, Object> report = report("orders");

        assertThat(classes(report.get("changes"))).startsWith("removed amount", "additive total");
        assertThat(String.valueOf(report.get("unfit"))).contains("amount");
    }

    @Test
    void aSourceThatNobodyReadsIsRefusedWithTheNearest() {
        Hw.Result refused = shop.hw().run("schema-change", "order");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("Cannot look at source 'order'", "did you mean orders?");
    }

    @Test
    void aTableOfPostgresHasTypesAndOrderOfItsOwn() {
        try (TestDatabase database = TestPostgres.shared().newDatabase()) {
            database.run("create table orders (id bigint primary key, amount integer, note text)");
            database.run("insert into orders select i, i * 10, 'n' || i from generate_series(1, 30) i");
            shop.hw()
                    .replace(
                            "headworks.yml",
                            "landing: {type: files, path: data}",
                            "shop: {type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"${file:password}\"}"
                                    .formatted(database.port(), database.name(), database.user()));
            shop.hw().write("password", database.password());
            shop.pipeline("extract: {connection: shop, table: orders}", LOAD.replace("orders", "copied"));
            Hw.Result run = shop.run();
            assertThat(run.exitCode()).as(run.toString()).isZero();

            database.run("alter table orders alter column amount type bigint");
            database.run("alter table orders alter column note set not null");
            database.run("alter table orders rename column note to remark");

            Map<String, Object> report = report("shop:orders");
            assertThat(classes(report.get("changes")))
                    .containsExactly("widening amount", "removed note", "additive remark", "rename remark");
        }
    }
}
