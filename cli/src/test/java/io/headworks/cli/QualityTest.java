package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw quality} of a file. */
final class QualityTest {
    @TempDir
    Path folder;

    @Test
    void keysAreProvedAndValuesOfPeopleAreMasked() {
        Shop shop = new Shop(folder, "duckdb")
                .file(
                        "orders.csv",
                        "id,order_no,line_no,email,status",
                        "1,1,1,ada@example.com,paid",
                        "2,1,2,grace@example.com,paid",
                        "3,2,1,ada@example.com,open",
                        "4,2,2,,paid");

        Hw.Result text = shop.hw().run("quality", "landing:orders.csv");
        Map<String, Object> document = shop.hw().json("quality", "landing:orders.csv");

        assertThat(text.exitCode()).as(text.out() + text.err()).isZero();
        assertThat(text.out())
                .contains("unique and never NULL: (id), (order_no, line_no)", "email 100% (masked)", "paid 3, open 1")
                .doesNotContain("ada@", "grace@");
        assertThat(document)
                .containsEntry("rows", 4L)
                .containsEntry("candidate_keys", List.of(List.of("id"), List.of("order_no", "line_no")));
        assertThat(document.toString()).contains("a**@*******.***").doesNotContain("ada@");
    }

    /** Orders of twenty customers; the last two orders have a status of their own. */
    private Shop loaded() {
        Shop shop = new Shop(folder, "duckdb").pipeline("""
                        extract: {connection: landing, path: orders.csv, strategy: full}
                        load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
                        quality_gates: {pre_load: [{range: {column: amount, min: 1, max: 1000}}]}
                        """);
        shop.hw().write("pipelines/customers.yml", """
                pipeline:
                  name: customers
                  extract: {connection: landing, path: customers.csv, strategy: full}
                  load: {connection: warehouse, table: dim_customer, strategy: upsert, merge_keys: [id]}
                """);
        List<String> orders = new ArrayList<>(List.of("id,customer_id,status,sku,amount,email"));
        List<String> customers = new ArrayList<>(List.of("id,city"));
        for (int i = 1; i <= 200; i++) {
            String status = i == 200 ? "<b>odd</b>" : List.of("open", "paid").get(i % 2);
            String customer = i == 199 ? "77" : Integer.toString(1 + i % 20);
            orders.add(i + "," + customer + "," + status + ",AB-" + (1000 + i) + "," + i + ",a" + i + "@example.com");
            customers.add(i <= 20 ? i + ",Rome" : "");
        }
        shop.file("orders.csv", orders.toArray(new String[0]));
        shop.file("customers.csv", customers.subList(0, 21).toArray(new String[0]));
        assertThat(shop.hw().run("run", "--all").exitCode()).isZero();
        return shop;
    }

    @Test
    void whatIsProposedHoldsIsWrittenAndIsNotProposedAgain() throws IOException {
        Shop shop = loaded();

        Hw.Result shown = shop.hw().run("quality", "orders", "--dry-run");
        Path contract = folder.resolve("contracts/orders.yml");
        assertThat(shown.exitCode()).as(shown.out() + shown.err()).isZero();
        assertThat(contract).doesNotExist();
        Hw.Result written = shop.hw().run("profile", "orders", "--write");

        assertThat(written.out()).contains("+ contract:", "written; rm contracts/orders.yml takes it back");
        assertThat(Files.readString(contract))
                .contains("- {column: id, type: bigint, nullable: false, checks: [{type: unique}]}")
                .contains("- {column: email, type: text, pii: true}")
                .contains("# every text has the shape AA-9999")
                .contains("- pattern: {column: sku, matches: \"[A-Z]{2}-[0-9]{4}\", severity: P2}")
                .contains("- references: {column: customer_id, to: \"warehouse:dim_customer(id)\", severity: P2,"
                        + " fail_above: \"1%\"}")
                .contains("- volume: {min: 100, per: table, severity: P2}")
                .as("a person's own check of the same kind and column stays the only one")
                .doesNotContain("range: {column: amount")
                .as("a value that came once is no rule")
                .doesNotContain("accepted: {column: status, values: [\"<b>odd</b>\"]");
        Hw.Result checked = shop.hw().run("check", "orders");
        assertThat(checked.exitCode()).as(checked.out() + checked.err()).isZero();
        assertThat(checked.out()).doesNotContain("failed", "error", "a1@example.com");
        assertThat(shop.hw().run("quality", "orders", "--write").out()).contains("nothing to write");
    }

    @Test
    void aContractThatIsThereKeepsEveryCharacter() throws IOException {
        Shop shop = loaded();
        String before = """
                # ours
                contract:
                  name: orders   # as finance says
                  version: 1.0.0
                  table: warehouse:orders
                  checks:
                    # by hand
                    - pattern: {column: sku, matches: "AB.*", severity: P0}
                  schema: [{column: id, type: bigint}]
                """;
        shop.hw().write("contracts/orders.yml", before);

        Hw.Result written = shop.hw().run("quality", "orders", "--write");

        String after = Files.readString(folder.resolve("contracts/orders.yml"));
        List<String> rest = new ArrayList<>(after.lines().toList());
        before.lines().forEach(line -> assertThat(rest.remove(line)).as(line).isTrue());
        assertThat(written.out()).contains("git checkout -- contracts/orders.yml takes it back");
        assertThat(rest).anyMatch(line -> line.contains("- unique: {columns: [id]}"));
        assertThat(rest).noneMatch(line -> line.contains("pattern: {column: sku"));
        assertThat(shop.hw().run("validate").exitCode()).isZero();
    }

    @Test
    void thePageNeedsNothingRunsNothingAndShowsNoValueOfAPerson() throws IOException {
        Shop shop = loaded();
        Path page = folder.resolve("orders.html");

        assertThat(shop.hw().run("quality", "orders", "--html", page.toString()).exitCode())
                .isZero();

        assertThat(Files.readString(page))
                .contains("<svg role=\"img\"", "&lt;b&gt;odd&lt;/b&gt;", "customer_id → warehouse:dim_customer(id)")
                .doesNotContain("<b>odd", "<script", "http:", "https:", "src=", "a1@example.com");
    }

    @Test
    void boundsOfRunsHoldForAllThatWere() {
        Shop shop = new Shop(folder, "duckdb").pipeline("""
                        extract: {connection: landing, path: "*.csv", strategy: incremental}
                        load: {connection: warehouse, table: orders, strategy: append}
                        """);
        for (int run = 1; run <= 3; run++) {
            shop.rows(run + ".csv", run * 100, run * 110).run();
        }

        assertThat(shop.hw().run("quality", "orders", "--output", "json").out())
                .contains("{volume: {min: 5, max: 100, severity: P2}}", "3 runs brought from 11 to 31 rows");
    }
}
