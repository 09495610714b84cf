package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LintTest {
    private static final String REGRETTABLE = """
            pipeline:
              name: Stock-Levels
              extract: {connection: landing, path: stock*.csv, strategy: full}
              transform:
                stages:
                  - name: shape
                    operations:
                      - sql: sql/shape.sql
              load:
                connection: warehouse
                table: StockLevels
                strategy: merge
                merge_keys: [sku]
                max_change: {changed: 50%}
              quality_gates: {pre_load: [{range: {column: amount, min: 0}}]}
            """;

    @TempDir
    Path temporary;

    private Hw hw;

    @BeforeEach
    void init() {
        Path folder = temporary.resolve("shop");
        Hw.runAnywhere("init", folder.toString());
        hw = new Hw(folder);
        hw.write("sql/shape.sql", "select *, 1 as one from {{ input }}");
    }

    private List<String> codes() {
        List<?> problems = (List<?>) Objects.requireNonNull(hw.json("lint").get("problems"));
        return problems.stream()
                .map(each -> String.valueOf(((Map<?, ?>) each).get("code")))
                .sorted()
                .toList();
    }

    @Test
    void whatInitWritesHasNoFault() {
        Hw.Result lint = hw.run("lint");

        assertThat(lint.out())
                .endsWith("nothing to complain about in 1 pipeline\n")
                .doesNotContain("warning");
        assertThat(lint.exitCode()).isZero();
    }

    @Test
    void findsWhatEachRuleIsAbout() {
        hw.write("pipelines/stock.yml", REGRETTABLE);

        assertThat(codes())
                .containsExactly(
                        "inferred-types",
                        "name-style",
                        "name-style",
                        "no-breaker",
                        "no-description",
                        "select-star",
                        "unchecked-key");
        Hw.Result lint = hw.run("lint");
        assertThat(lint.exitCode()).isEqualTo(1);
        assertThat(lint.out())
                .contains(
                        "pipelines/stock.yml:13:18: warning: Pipeline Stock-Levels does not check its merge keys"
                                + " [unchecked-key]",
                        "add not_null: [sku], unique: [sku]");
    }

    @Test
    void aPipelineWithoutChecksIsToldSoOnce() {
        hw.write("pipelines/stock.yml", REGRETTABLE.replaceAll("(?m)^.*quality_gates.*\\R", ""));

        assertThat(codes()).contains("no-checks").doesNotContain("unchecked-key");
    }

    @Test
    void whatIsNotThereYetIsListedWithTheCommandsThatProposeIt() {
        hw.write(
                "pipelines/stock.yml",
                REGRETTABLE.replaceAll("(?m)^.*quality_gates.*\\R", "").replace("Stock-Levels", "stock"));

        Hw.Result lint = hw.run("lint");

        assertThat(lint.out())
                .contains("  stock: no checks, no contract, no test\n    hw quality warehouse:StockLevels --write\n"
                        + "    hw test --generate stock\n    its tests try at least: a first batch, the same batch again, a row with other"
                        + " values under a key that is there, a row whose key is NULL, a batch that lacks a row");
        hw.write("contracts/stock.yml", """
                contract:
                  name: stock
                  version: 1.0.0
                  table: warehouse:StockLevels
                  schema: [{column: sku, type: text, nullable: false}]
                """);
        hw.replace("headworks.yml", "connections:", "lint: {off: [no-test]}\nconnections:");
        assertThat(hw.run("lint").out()).doesNotContain("hw quality warehouse:StockLevels", "hw test --generate");
    }

    @Test
    void rulesCanBeTurnedOff() {
        hw.write("pipelines/stock.yml", REGRETTABLE);
        hw.replace("headworks.yml", "connections:", "lint: {off: [select-star, name-style]}\nconnections:");

        assertThat(codes()).containsExactly("inferred-types", "no-breaker", "no-description", "unchecked-key");
    }

    @Test
    void anOwnerMayComeFromTheDefaults() {
        assertThat(codes()).doesNotContain("no-owner");

        hw.replace("headworks.yml", "defaults:\n  owner: data-team\n", "");

        assertThat(codes()).contains("no-owner");
    }

    @Test
    void anUnknownRuleIsAnErrorWithTheNearestOne() {
        hw.replace("headworks.yml", "connections:", "lint: {off: [select-stars]}\nconnections:");

        Hw.Result lint = hw.run("lint");

        assertThat(lint.exitCode()).isEqualTo(2);
        assertThat(lint.err()).contains("select-stars", "did you mean 'select-star'?");
    }

    @Test
    void selectingTheInputOrCountingIsNoFault() {
        hw.write("pipelines/stock.yml", REGRETTABLE);
        hw.write(
                "sql/shape.sql",
                "-- select * of old\nselect sku, count(*) as n, max(amount) * 2 as amount\nfrom"
                        + " (select * from {{ input }}) where sku <> 'select *' group by sku");

        assertThat(codes()).doesNotContain("select-star");
    }
}
