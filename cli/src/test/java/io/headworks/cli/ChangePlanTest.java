package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw plan changed:REV} over real revisions; {@code -Dgolden.write=true} writes the golden files anew. */
final class ChangePlanTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/headworks/cli/lineage");
    private static final String BY_CUSTOMER = """
            select c.customer_id, c.segment, count(*) as orders, sum(o.amount) as amount
            from stg_orders as o join customers as c on c.customer_id = o.customer_id
            where o.status <> 'void'
            group by c.customer_id, c.segment
            """;

    @TempDir
    Path folder;

    private Hw hw;

    @BeforeEach
    void committed() throws IOException, InterruptedException {
        hw = new Hw(folder);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: data}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """);
        hw.write("pipelines/load.yml", """
                pipeline:
                  name: load_orders
                  extract:
                    connection: landing
                    path: "orders*.csv"
                    columns: {id: bigint, customer_id: bigint, amount: "decimal(18,2)", status: text}
                  load: {connection: warehouse, table: orders, strategy: truncate-reload}
                ---
                pipeline:
                  name: load_customers
                  extract:
                    connection: landing
                    path: "customers.csv"
                    columns: {customer_id: bigint, segment: text}
                  load: {connection: warehouse, table: customers, strategy: truncate-reload}
                """);
        hw.write("data/orders1.csv", "id,customer_id,amount,status\n1,1,10.00,paid\n");
        hw.write("data/customers.csv", "customer_id,segment\n1,gold\n");
        hw.write(".gitignore", ".headworks\nwarehouse.duckdb*\ndata\n");
        hw.write("models/models.yml", "defaults: {load: {connection: warehouse, strategy: truncate-reload}}\n");
        hw.write("models/stg_orders.sql", "select id, customer_id, amount, status from orders\n");
        hw.write("models/by_customer.sql", BY_CUSTOMER);
        hw.write("models/names.sql", "select customer_id, segment as name from customers\n");
        hw.write("models/loud.sql", "select customer_id, segment as name, name || '!' as loud from customers\n");
        hw.write("models/counts.sql", "select count(*) as n from stg_orders\n");
        Git.committed(folder);
    }

    /** What the plan says before the plans of single runs. */
    private String changes() {
        String out = hw.run("plan", "changed:HEAD").out();
        int runs = out.indexOf(" → warehouse:");
        return runs < 0 ? out : out.substring(0, out.lastIndexOf('\n', runs) + 1);
    }

    private Map<?, ?> document() {
        List<?> changes =
                (List<?>) Objects.requireNonNull(hw.json("plan", "changed:HEAD").get("changes"));
        return (Map<?, ?>) changes.get(0);
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
    void nothingChanged() {
        assertThat(changes()).isEqualTo("changed since HEAD: nothing\n");
    }

    @Test
    void aRemarkAndAnotherLayoutAreCosmetic() {
        hw.write(
                "models/by_customer.sql",
                "-- by customer\n" + BY_CUSTOMER.replace("select", "SELECT").replace('\n', ' '));
        hw.write("models/names.sql", "select customer_id, segment as name -- their segment\nfrom   customers;\n");

        assertThat(changes())
                .contains("  cosmetic  names: its SELECT means the same\n")
                .contains("  cosmetic  by_customer: its SELECT means the same\n")
                .doesNotContain("to be loaded again\n  names");
    }

    @Test
    void aChangeOfOneColumnReachesWhoUsesIt() throws IOException {
        hw.write("models/stg_orders.sql", "select id, customer_id, amount * 2 as amount, status from orders\n");

        golden("change-of-a-column", changes());
        assertThat(document().toString()).contains("pipeline=by_customer").doesNotContain("pipeline=counts");
    }

    @Test
    void aChangeOfRowsReachesEverybodyBelow() {
        hw.write("models/stg_orders.sql", "select id, customer_id, amount, status from orders where amount > 0\n");

        assertThat(changes())
                .contains("  breaking  stg_orders: which rows there are, or all of their columns, may be others\n")
                .contains("  by_customer: which rows there are, so all columns (by stg_orders)\n")
                .contains("  counts: which rows there are, so all columns (by stg_orders)\n")
                .doesNotContain("names");
    }

    @Test
    void moreColumnsAreAdditive() {
        hw.write("models/names.sql", "select customer_id, upper(segment) as loud, segment as name from customers\n");

        assertThat(changes())
                .contains("  additive  names: more columns: loud\n")
                .contains("  names: all; hw run names\n");
    }

    @Test
    void anAddedGroupIsBreaking() {
        hw.write(
                "models/by_customer.sql",
                BY_CUSTOMER
                        .replace("group by c.customer_id, c.segment", "group by all")
                        .replace("c.segment,", "c.segment, o.status,"));
        assertThat(changes()).contains("breaking  by_customer");
    }

    @Test
    void aColumnThatIsGoneReachesWhoUsedIt() {
        hw.write("models/stg_orders.sql", "select id, customer_id, status from orders\n");
        hw.write("models/by_customer.sql", BY_CUSTOMER.replace(", sum(o.amount) as amount", ""));

        assertThat(changes())
                .contains("  breaking  stg_orders: no more there: amount\n")
                .contains("  breaking  by_customer: no more there: amount\n");
    }

    @Test
    void aNameThatOtherPartsUseMakesAllColumnsDoubtful() {
        hw.write("models/loud.sql", "select customer_id, upper(segment) as name, name || '!' as loud from customers\n");
        assertThat(changes()).contains("breaking  loud: 'name' is a name that other parts of the SELECT use");
    }

    @Test
    void loadsAndStagesAndNewAndGonePipelines() throws IOException {
        hw.replace(
                "pipelines/load.yml",
                "table: orders, strategy: truncate-reload",
                "table: orders, strategy: upsert, merge_keys: [id]");
        hw.write("models/more.sql", "select customer_id from customers\n");
        Files.delete(folder.resolve("models/counts.sql"));

        golden("change-of-pipelines", changes());
    }

    @Test
    void aRevisionThatIsNoProjectStopsIt() {
        assertThat(hw.run("plan", "changed:nowhere").err()).contains("Cannot select changed:nowhere");
        assertThat(hw.run("plan", "changed:nowhere").exitCode()).isEqualTo(2);
    }

    @Test
    void timesAreThoseOfKeptRuns() {
        Hw.Result run = hw.run("run", "--all");
        assertThat(run.exitCode()).as(run.err()).isZero();
        hw.write("models/names.sql", "select customer_id, lower(segment) as name from customers\n");

        List<?> rebuild = (List<?>) document().get("rebuild");
        assertThat(((Map<?, ?>) rebuild.get(0)).get("seconds")).isInstanceOf(Number.class);
        assertThat(changes()).contains("hw run names  about ");
    }
}
