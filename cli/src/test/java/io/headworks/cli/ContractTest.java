package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contracts, from the file to the refused run. */
final class ContractTest {
    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void project() {
        shop = new Shop(folder, "duckdb").pipeline("""
                        extract: {connection: landing, path: "*.csv", strategy: incremental}
                        load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
                        """);
        shop.rows("1.csv", 1, 10);
    }

    private void contract(String version, String policy, String amount) {
        shop.hw().write("contracts/orders.yml", """
                contract:
                  name: orders
                  version: %s
                  table: warehouse:orders
                  consumers: [finance, {team: ml, contact: ml@example.com}]
                  sla: {freshness_hours: 2, support_hours: business-hours}
                  schema:
                    - column: id
                      type: bigint
                      nullable: false
                      checks: [{type: unique}]
                    - %s
                  breaking_change_policy: %s
                """.formatted(version, amount, policy));
    }

    @Nested
    final class AtEachRun {
        @Test
        void failingRowsAreShownWithoutValuesOfPersons() {
            contract(
                    "1.0.0",
                    "never-break",
                    "{column: amount, type: bigint, pii: true, checks: [{type: range, params: {max: 50}, severity: P2}]}");

            assertThat(shop.run().exitCode()).isZero();

            String run = shop.hw()
                    .run("log", String.valueOf(shop.log().get("run_id")), "--output", "json")
                    .out();
            String check = shop.hw().run("check", "orders", "--output", "json").out();
            assertThat(run)
                    .contains("\\\"amount\\\":\\\"***\\\"", "\\\"id\\\":6")
                    .doesNotContain("\\\"amount\\\":60");
            assertThat(check).contains("\\\"amount\\\":\\\"***\\\"").doesNotContain("\\\"amount\\\":60");
        }

        @Test
        void aColumnOfAnotherTypeIsRefusedBeforeAnythingIsWritten() {
            contract("1.0.0", "never-break", "{column: amount, type: \"decimal(18,2)\"}");

            Hw.Result run = shop.run();

            assertThat(run.exitCode()).isEqualTo(6);
            assertThat(run.out())
                    .contains("contract orders 1.0.0 would be broken: column 'amount' would be bigint, and"
                            + " decimal(18,2) is promised");
        }

        @Test
        void aMissingColumnIsRefused() {
            contract("1.0.0", "never-break", "{column: status, type: text}");

            assertThat(shop.hw().run("plan", "orders").exitCode()).isEqualTo(6);
            assertThat(shop.run().out()).contains("column 'status' is missing");
        }

        @Test
        void itsChecksStopTheLoad() {
            contract(
                    "1.0.0",
                    "never-break",
                    "{column: amount, type: bigint, checks: [{type: range, params: {max: 50}}]}");

            Hw.Result run = shop.run();

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(shop.check("contract orders: range(amount)").get("failing_rows"))
                    .isEqualTo(5L);
        }

        @Test
        void nullsAreKeptOut() {
            contract("1.0.0", "never-break", "{column: amount, type: bigint, nullable: false}");
            shop.file("2.csv", "id,amount", "11,");

            assertThat(shop.run().exitCode()).isEqualTo(3);
            assertThat(shop.check("contract orders: not_null(amount)").get("status"))
                    .isEqualTo("failed");
        }

        @Test
        void whatKeepsItIsLoadedAndFreshnessIsCheckedAfterCommit() {
            contract("1.0.0", "never-break", "{column: amount, type: bigint}");

            assertThat(shop.run().exitCode()).isZero();
            assertThat(shop.check("contract orders: freshness(_hw_loaded_at)").get("status"))
                    .isEqualTo("passed");
        }

        @Test
        void thePlanSaysWhoReadsTheTable() {
            contract("1.0.0", "version-bump", "{column: amount, type: bigint}");

            assertThat(shop.hw().run("plan", "orders").out())
                    .contains("contract       orders 1.0.0, breaking changes: version-bump, read by finance, ml"
                            + " (ml@example.com)")
                    .contains("is not published");
        }

        @Test
        void aWiderColumnIsRefusedAlthoughThePipelineMayEvolve() {
            contract("1.0.0", "version-bump", "{column: amount, type: bigint}");
            assertThat(shop.run().exitCode()).isZero();
            shop.pipeline("""
                    extract: {connection: landing, path: "*.csv", strategy: incremental}
                    transform: {stages: [{name: clean, operations: [{cast: {amount: "decimal(38,2)"}}]}]}
                    load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id], schema_changes: evolve}
                    """);
            shop.rows("2.csv", 11, 12);

            assertThat(shop.run().exitCode()).isEqualTo(6);
        }
    }

    @Nested
    final class Standalone {
        @Test
        void checkRunsTheContractsOfATable() {
            contract("1.0.0", "never-break", "{column: amount, type: bigint}");
            assertThat(shop.run().exitCode()).isZero();

            Hw.Result all = shop.hw().run("check", "--output", "json");
            assertThat(all.exitCode()).isZero();
            assertThat(Shop.check(all.document(), "schema").get("status")).isEqualTo("passed");
            assertThat(Shop.check(all.document(), "unique(id)").get("status")).isEqualTo("passed");

            contract("1.0.0", "never-break", "{column: amount, type: text}");
            Hw.Result broken = shop.hw().run("check", "orders", "--output", "json");
            assertThat(broken.exitCode()).isEqualTo(1);
            assertThat(Shop.check(broken.document(), "schema").get("status")).isEqualTo("failed");
        }

        @Test
        void lsAndValidateShowThem() {
            contract("1.0.0", "never-break", "{column: amount, type: bigint}");

            assertThat(shop.hw().run("ls").out()).contains("CONTRACT").contains("never-break");
            assertThat(shop.hw().run("validate").out()).contains("1 contract");
        }

        @Test
        void coverageSaysWhatIsWordsOnly() {
            contract("1.0.0", "never-break", "{column: amount, type: bigint, pii: true}");

            Map<String, Object> document = shop.hw().json("contract", "coverage");
            List<?> promises = (List<?>) document.get("promises");
            assertThat(promises).hasSize(8);
            assertThat(document.get("enforced")).isEqualTo(5L);
        }

        @Test
        void initWritesOneThatHolds() throws IOException {
            assertThat(shop.run().exitCode()).isZero();

            assertThat(shop.hw().run("contract", "init", "orders").exitCode()).isZero();

            assertThat(folder.resolve("contracts/orders.yml")).content().contains("{column: amount, type: bigint}");
            assertThat(shop.hw().run("check").exitCode()).isZero();
            assertThat(shop.hw().run("contract", "init", "orders").err()).contains("the file is there already");
        }
    }

    @Nested
    final class Policies {
        private void publish(String policy) {
            contract("1.0.0", policy, "{column: amount, type: bigint, checks: [{type: range, params: {max: 500}}]}");
            assertThat(shop.hw().run("contract", "publish", "orders").exitCode())
                    .isZero();
            assertThat(shop.run().exitCode()).isZero();
            shop.rows("2.csv", 11, 12);
        }

        private void weaken(String version, String policy) {
            contract(version, policy, "{column: amount, type: bigint, checks: [{type: range, params: {max: 900}}]}");
        }

        @Test
        void neverBreakRefusesWhateverTheVersion() {
            publish("never-break");
            weaken("2.0.0", "never-break");

            Hw.Result run = shop.run();
            assertThat(run.exitCode()).isEqualTo(6);
            assertThat(run.out()).contains("column amount: check range(amount) max 500 → 900");
            assertThat(shop.hw().run("contract", "publish", "orders").exitCode())
                    .isEqualTo(6);
        }

        @Test
        void aPolicyCannotBeWeakenedFirst() {
            publish("never-break");
            weaken("2.0.0", "version-bump");

            assertThat(shop.run().exitCode()).isEqualTo(6);
        }

        @Test
        void versionBumpDemandsAHigherMajorVersion() {
            publish("version-bump");
            weaken("1.9.0", "version-bump");
            Hw.Result run = shop.run();
            assertThat(run.exitCode()).isEqualTo(6);
            assertThat(run.out()).contains("write version: 2.0.0");

            weaken("2.0.0", "version-bump");
            assertThat(shop.run().exitCode()).isZero();
        }

        @Test
        void aNoticeCountsFromItsDate() throws IOException {
            publish("notify-30-days");
            weaken("2.0.0", "notify-30-days");
            assertThat(shop.run().out()).contains("no notice of version 2.0.0 announces");

            assertThat(shop.hw().run("contract", "notice", "orders").exitCode()).isZero();
            Hw.Result early = shop.run();
            assertThat(early.exitCode()).isEqualTo(6);
            assertThat(early.out()).contains("takes effect on");

            backdate();
            assertThat(shop.run().exitCode()).isZero();
        }

        @Test
        void aNoticeCoversWhatItSaysAndNothingElse() throws IOException {
            publish("notify-30-days");
            weaken("2.0.0", "notify-30-days");
            assertThat(shop.hw().run("contract", "notice", "orders").exitCode()).isZero();
            backdate();
            contract("2.0.0", "notify-30-days", "{column: amount, type: bigint}");

            assertThat(shop.run().out()).contains("check range(amount) is gone");
        }

        private void backdate() throws IOException {
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            Path notice = folder.resolve("contracts/notices/orders-2.0.0-" + today + ".yml");
            Files.writeString(
                    notice,
                    Files.readString(notice)
                            .replace(
                                    today.plusDays(30).toString(),
                                    today.minusDays(1).toString())
                            .replace(today.toString(), today.minusDays(31).toString()));
        }

        @Test
        void whatIsPublishedCannotBeWithdrawnBySilence() throws IOException {
            publish("version-bump");
            Files.delete(folder.resolve("contracts/orders.yml"));

            assertThat(shop.hw().run("validate").out()).contains("withdrawn-contract");
        }
    }

    @Test
    void diffSaysWhatBreaksAndWhy() {
        contract("1.0.0", "version-bump", "{column: amount, type: bigint}");
        assertThat(shop.hw().run("contract", "publish", "orders").exitCode()).isZero();
        assertThat(shop.hw().run("contract", "diff", "orders").exitCode()).isZero();

        contract("1.1.0", "version-bump", "{column: amount, type: integer}");
        Hw.Result narrower = shop.hw().run("contract", "diff", "orders");
        assertThat(narrower.exitCode()).isEqualTo(1);
        assertThat(narrower.out()).contains("compatibility: forward");

        contract("1.1.0", "version-bump", "{column: total, type: bigint}");
        Hw.Result renamed = shop.hw().run("contract", "diff", "orders@published", "orders", "--output", "json");
        assertThat(renamed.exitCode()).isEqualTo(6);
        assertThat(renamed.document()).containsEntry("breaking", true).containsEntry("compatibility", "backward");
    }

    @Test
    void aVersionOfGitIsComparedAsItWasThen() throws IOException, InterruptedException {
        contract("1.0.0", "version-bump", "{column: amount, type: bigint}");
        Git.committed(folder);
        contract("2.0.0", "version-bump", "{column: amount, type: text}");

        Hw.Result diff = shop.hw().run("contract", "diff", "orders@HEAD", "orders", "--output", "json");

        assertThat(diff.exitCode()).as(diff.err()).isEqualTo(6);
        assertThat(diff.out()).contains("\"version\" : \"1.0.0\"", "\"version\" : \"2.0.0\"", "bigint");
        assertThat(shop.hw().run("contract", "diff", "orders@nowhere", "orders").exitCode())
                .isEqualTo(2);
        assertThat(shop.hw().run("contract", "diff", "order@HEAD", "orders").err())
                .contains("did you mean orders?");
    }

    @Test
    void differentChecksOfOneNameAreNamed() {
        contract(
                "1.0.0", "version-bump", "{column: amount, type: bigint, checks: [{type: range, params: {max: 500}}]}");
        shop.hw().write("checks/orders.yml", """
                checks:
                  table: orders
                  run: [{not_null: id}, {range: {column: amount, max: 50}}]
                """);

        assertThat(shop.hw().run("validate").out())
                .contains("Check 'range(amount)' of warehouse:orders is called like another, checks/orders.yml:")
                .doesNotContain("'not_null(id)'");
    }

    @Test
    void dbtGetsWhatItHasTestsForAndHearsOfTheRest() {
        contract(
                "1.0.0",
                "version-bump",
                "{column: amount, type: bigint, pii: true, checks: [{type: range, params: {min: 0}, severity: P2},"
                        + " {type: outliers}]}\n      checks: [{unique: [id, amount]}, {accepted: {column: amount, values: [\"10\"]}}]"
                                .replace("\n      ", "\n  "));

        Hw.Result given = shop.hw().run("contract", "export", "orders", "--format", "dbt");

        assertThat(given.exitCode()).as(given.out() + given.err()).isZero();
        assertThat(given.out()).isEqualTo("""
                version: 2
                models:
                  - {name: orders, config: {meta: {contract: orders, contract_version: "1.0.0"}}, data_tests: [{dbt_utils.unique_combination_of_columns: {combination_of_columns: [id, amount]}}, {accepted_values: {values: ["10"], column_name: amount}}], columns: [{name: id, data_type: bigint, data_tests: [not_null, unique]}, {name: amount, data_type: bigint, config: {meta: {pii: true}}, data_tests: [{dbt_utils.accepted_range: {min_value: 0, config: {severity: warn}}}]}]}
                """);
        assertThat(given.err())
                .contains("check 'outliers(amount)' is not exported")
                .contains("sla.freshness_hours is not exported")
                .contains("dbt-labs/dbt_utils");
    }

    @Test
    void importSaysWhenNobodyKnowsTheTable() throws IOException {
        Path document = folder.resolve("other.odcs");
        Files.writeString(document, """
                apiVersion: v3.1.0
                kind: DataContract
                id: c0ffee
                version: 1.0.0
                status: active
                schema: [{name: other, properties: [{name: id, physicalType: bigint}]}]
                """);

        assertThat(shop.hw()
                        .run("contract", "import", document.toString(), "--connection", "warehouse", "--dry-run")
                        .out())
                .contains("warehouse:other: no pipeline of the project writes it", "external: [\"warehouse:other\"]");
    }

    @Test
    void aDocumentOfTheStandardIsImportedEnforcedAndGivenBack() throws IOException {
        Path document = folder.resolve("orders.odcs");
        Files.writeString(document, """
                apiVersion: v3.0.2
                kind: DataContract
                id: c0ffee
                version: 1.0.0
                status: active
                name: orders
                tenant: shop
                schema:
                  - name: orders
                    properties:
                      - {name: id, physicalType: bigint, required: true}
                      - {name: amount, physicalType: bigint, logicalTypeOptions: {maximum: 50}, examples: [1]}
                """);

        Hw.Result imported = shop.hw().run("contract", "import", document.toString(), "--connection", "warehouse");
        assertThat(imported.exitCode()).as(imported.out() + imported.err()).isZero();
        assertThat(shop.run().exitCode()).isEqualTo(3);
        assertThat(shop.hw().run("contract", "export", "orders").out())
                .contains("apiVersion: v3.1.0")
                .contains("tenant: shop")
                .contains("examples: [1]");
        assertThat(shop.hw()
                        .run("contract", "export", "orders", "--format", "soda")
                        .exitCode())
                .isEqualTo(2);

        Files.writeString(document, "apiVersion: v3.1.0\nkind: DataContract\nid: x\nstatus: active\nverson: 1\n");
        Hw.Result refused = shop.hw().run("contract", "import", document.toString(), "--connection", "warehouse");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).contains("orders.odcs:5:1").contains("did you mean 'version'?");
    }
}
