package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lineage from the command line, against golden files; {@code -Dgolden.write=true} writes them anew. */
final class LineageCommandTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/headworks/cli/lineage");

    @TempDir
    Path folder;

    private Hw hw;

    @BeforeEach
    void project() {
        hw = new Hw(folder);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: data}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                external: [rates]
                """);
        hw.write("pipelines/orders.yml", """
                pipeline:
                  name: load_orders
                  extract:
                    connection: landing
                    path: "orders*.csv"
                    columns: {id: bigint, customer: bigint, amount: "decimal(18,2)", status: text}
                  transform:
                    stages:
                      - name: clean
                        operations:
                          - rename: {customer: customer_id}
                          - filter: "amount > 0"
                          - derive: {gross: "amount * 1.22"}
                  load: {connection: warehouse, table: orders, strategy: truncate-reload}
                ---
                pipeline:
                  name: load_customers
                  extract: {connection: landing, path: "customers.csv"}
                  load: {connection: warehouse, table: customers, strategy: truncate-reload}
                """);
        hw.write("models/models.yml", "defaults: {load: {connection: warehouse, strategy: truncate-reload}}\n");
        hw.write(
                "models/stg_orders.sql",
                "select id, customer_id, gross as amount, status from Orders where status <> 'void'\n");
        hw.write("models/by_customer.sql", """
                select c.customer_id, c.segment, count(*) as orders, sum(o.amount) as amount
                from stg_orders as o join customers as c using (customer_id)
                group by all
                """);
        hw.write("models/by_segment.sql", "select segment, sum(amount) as amount from by_customer group by segment\n");
    }

    private String out(String... arguments) {
        Hw.Result result = hw.run(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out();
    }

    private static void golden(String name, String actual) throws IOException {
        Path file = GOLDEN.resolve(name + ".golden");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }

    @Test
    void aDatasetAsATree() throws IOException {
        golden("dataset-tree", out("lineage", "by_customer"));
        golden("dataset-tree-down", out("lineage", "load_orders", "--downstream"));
    }

    @Test
    void aColumnAsATree() throws IOException {
        golden("column-tree", out("lineage", "by_segment", "--column", "AMOUNT"));
        golden("column-tree-down", out("lineage", "load_orders", "--column", "gross", "--downstream"));
    }

    @Test
    void asAChart() throws IOException {
        golden("dataset-mermaid", out("lineage", "by_segment", "--mermaid"));
        golden("column-mermaid", out("lineage", "by_customer", "--column", "segment", "--mermaid"));
    }

    @Test
    void asADocument() throws IOException {
        golden("dataset-json", out("lineage", "stg_orders", "--output", "json"));
        golden("column-json", out("lineage", "stg_orders", "--column", "amount", "--output", "json"));
    }

    @Test
    void whatCannotBeToldIsSaid() {
        hw.write("models/everything.sql", "select * from customers");
        hw.write("models/rated.sql", "select amount, rate from stg_orders, rates");
        hw.write("models/both.sql", "select rate, id from rates, customers");

        assertThat(out("lineage", "everything"))
                .startsWith(
                        "lineage of warehouse:everything is not known: models/everything.sql: * needs the columns of"
                                + " customers, which are not known");
        assertThat(out("lineage", "rated", "--column", "rate")).contains("copied warehouse:rates(rate)");
        assertThat(out("lineage", "both")).contains("column rate may be of rates or customers");
        assertThat(out("lineage", "load_customers", "--column", "segment", "--downstream"))
                .contains("perhaps lineage of warehouse:everything is not known");
        Hw.Result refused = hw.run("lineage", "everything", "--column", "name");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("Cannot show the lineage of warehouse:everything(name)");
    }

    @Test
    void columnsThatNoFileListsAreKnownFromTheLastRun() {
        hw.write("data/customers.csv", "customer_id,segment,name\n1,gold,Ada\n");
        hw.write("models/everything.sql", "select * exclude (name) from customers");
        Hw.Result run = hw.run("run", "load_customers");
        assertThat(run.exitCode()).as(run.err()).isZero();

        assertThat(out("lineage", "everything"))
                .contains("customer_id ← warehouse:customers(customer_id) copied")
                .contains("segment ← warehouse:customers(segment) copied")
                .doesNotContain("name");
    }

    @Test
    void aWrongNameIsRefusedWithTheNearest() {
        Hw.Result refused = hw.run("lineage", "by_custmer");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("Cannot show the lineage of 'by_custmer': there is no such pipeline in shop")
                .contains("did you mean by_customer?");
        assertThat(hw.run("lineage", "by_customer", "--column", "nothing").err())
                .contains("column 'nothing' is missing (columns: customer_id, segment, orders, amount)");
        assertThat(hw.run("lineage", "by_customer", "--upstream", "--downstream")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void theDocumentHoldsWhatTheTreeShows() {
        Map<String, Object> document = hw.json("lineage", "by_customer");
        assertThat(document.get("unknown")).isEqualTo(Map.of());
        assertThat(document.get("direction")).isEqualTo("upstream");
    }
}
