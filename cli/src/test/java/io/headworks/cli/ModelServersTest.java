package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL models whose inputs or tables are in PostgreSQL. */
final class ModelServersTest {
    @TempDir
    Path folder;

    private Hw hw;
    private TestDatabase database;

    @BeforeEach
    void project() {
        hw = new Hw(folder);
        database = TestPostgres.shared().newDatabase();
        hw.write("password.txt", database.password());
        hw.write("headworks.yml", """
                project: {name: servers, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a26}
                connections:
                  landing: {type: files, path: data}
                  dw: {type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: "${file:password.txt}"}
                  lake: {type: duckdb, path: lake.duckdb}
                """.formatted(database.port(), database.name(), database.user()));
        hw.write("pipelines/orders.yml", pipeline("orders", "dw") + "---\n" + pipeline("customers", "lake"));
        hw.write("data/orders1.csv", "id,name,amount\n1,ada,7\n2,bob,8\n3,ada,2\n");
        hw.write("data/customers1.csv", "id,name,amount\n1,ada,0\n2,bob,0\n");
        hw.write("models/models.yml", "defaults: {load: {connection: dw, strategy: truncate-reload}}\n");
    }

    private static String pipeline(String table, String target) {
        return """
                pipeline:
                  name: load_%1$s
                  extract:
                    connection: landing
                    path: "%1$s*.csv"
                    strategy: incremental
                    columns: {id: bigint, name: text, amount: bigint}
                  load: {connection: %2$s, table: %1$s, strategy: upsert, merge_keys: [id]}
                """.formatted(table, target);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private void run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "run";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Hw.Result result = hw.run(all);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    @Test
    void theEngineReadsItsInputsAndGoesOnFromTheirLoads() {
        hw.write("models/totals.sql", "select name, sum(amount)::bigint as amount from orders group by all");
        hw.write("models/log.sql", """
                /* model
                load: {strategy: append}
                */
                select id, amount from orders o where {{ changed(o) }}
                """);
        run("--all");
        hw.write("data/orders2.csv", "id,name,amount\n3,ada,3\n4,eve,1\n");
        run("--all");
        run("--all");

        assertThat(database.texts("SELECT name || ' ' || amount FROM totals ORDER BY 1"))
                .containsExactly("ada 10", "bob 8", "eve 1");
        assertThat(database.texts("SELECT id || ' ' || amount FROM log ORDER BY 1"))
                .containsExactly("1 7", "2 8", "3 2", "3 3", "4 1");
    }

    @Test
    void oneModelReadsTwoDatabases() {
        hw.write("models/named.sql", """
                /* model
                load: {strategy: upsert, merge_keys: [id]}
                */
                select o.id, c.id as customer from orders o join "lake:customers" c using (name)
                """);
        run("--all");

        assertThat(database.texts("SELECT id || ' ' || customer FROM named ORDER BY 1"))
                .containsExactly("1 1", "2 2", "3 1");
    }

    @Test
    void theDatabaseItselfRunsOneThatSaysSo() {
        hw.write("models/halves.sql", """
                /* model
                transform: {run_on: target}
                load: {strategy: upsert, merge_keys: [name]}
                */
                SELECT name, (sum(amount) / 2)::bigint AS half, pg_backend_pid() > 0 AS there
                FROM orders GROUP BY name;
                """);
        run("load_orders");
        Hw.Result plan = hw.run("plan", "halves");
        assertThat(plan.out() + plan.err()).contains("the SELECT runs in dw, in its dialect");
        run("halves");
        hw.write("data/orders2.csv", "id,name,amount\n4,eve,5\n");
        run("load_orders+");

        assertThat(database.texts("SELECT name || ' ' || half || ' ' || there FROM halves ORDER BY 1"))
                .containsExactly("ada 5 true", "bob 4 true", "eve 3 true");
        run("halves");
        assertThat(hw.run("log", "halves").out() + hw.json("log", "halves"))
                .contains("neither its inputs nor its definition changed");
    }

    @Test
    void whatRunsInTheDatabaseHasItsInputsThere() {
        hw.write("models/a.sql", """
                /* model
                transform: {run_on: target}
                */
                select o.id from orders o join "lake:customers" c using (id) where {{ changed(o) }}
                """);

        Hw.Result result = hw.run("validate");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out())
                .contains("run_on: target needs all inputs in dw, and lake:customers is not")
                .contains("{{ … }} with run_on: target is not built yet");
    }

    @Test
    void aViewIsRefused() {
        hw.write("models/v.sql", "/* model\nload: {strategy: view}\n*/\nselect id from orders\n");
        run("load_orders");

        Hw.Result result = hw.run("run", "v");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out() + result.err()).contains("the target cannot do view");
    }
}
