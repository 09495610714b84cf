package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw env drop}. */
final class EnvDropTest {
    private static final String ENVIRONMENTS = """
            environments:
              dev: {default: true}
              prod: {guard: true, schema_prefix: prod_}
              ci: {schema_prefix: ci_}
            """;

    @TempDir
    Path folder;

    private Hw hw;

    @BeforeEach
    void write() {
        hw = new Hw(folder);
        project("{type: duckdb, path: shared.duckdb}");
        hw.write("pipelines/orders.yml", """
                pipeline:
                  name: orders
                  extract:
                    connection: landing
                    path: "orders*.csv"
                    strategy: incremental
                  load: {connection: warehouse, table: marts.orders, strategy: upsert, merge_keys: [id]}
                """);
        hw.write("models/totals.sql", "select count(*) as orders from marts.orders");
        hw.write("models/models.yml", "models: {totals: {load: {connection: warehouse, strategy: truncate-reload}}}\n");
        hw.write("data/orders1.csv", "id,day\n1,2026-01-01\n2,2026-07-01\n");
    }

    private void project(String warehouse) {
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: data}
                  warehouse: %s
                """.formatted(warehouse) + ENVIRONMENTS);
    }

    private Hw.Result ran(int exitCode, String... arguments) {
        Hw.Result result = hw.run(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result;
    }

    private List<?> rows(String sql) {
        return (List<?>) hw.json("query", sql, "--env", "dev").get("rows");
    }

    /** Tables of the file, by what a reader of it sees. */
    private List<String> stored(String like) {
        List<String> names = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shared.duckdb"));
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE"
                                + " schema_name <> 'headworks' AND table_name LIKE '" + like
                                + "' UNION ALL SELECT schema_name"
                                + " || '.' || view_name FROM duckdb_views() WHERE NOT internal AND view_name LIKE '"
                                + like
                                + "' ORDER BY 1")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return names;
    }

    @Nested
    class Drops {
        @Test
        void whatItsLoadsWroteAndNothingElse() {
            hw.write("models/shown.sql", "/* model\nload: {connection: warehouse, strategy: view}\n*/\nfrom totals");
            ran(0, "run", "--all", "--env", "dev");
            ran(0, "run", "--all", "--env", "ci");
            ran(0, "run", "--all", "--env", "prod", "--force", "test");

            Hw.Result dropped = ran(0, "env", "drop", "ci", "--yes");

            assertThat(dropped.out())
                    .containsSubsequence("warehouse:ci_shown", "warehouse:ci_totals", "warehouse:ci_marts.orders")
                    .contains("this cannot be undone", "dropped environment ci")
                    .doesNotContain("prod_");
            assertThat(stored("%"))
                    .containsExactly(
                            "main.prod_shown",
                            "main.prod_totals",
                            "main.shown",
                            "main.totals",
                            "marts.orders",
                            "prod_marts.orders");
            assertThat(rows("SELECT DISTINCT environment FROM headworks.ledger ORDER BY 1"))
                    .hasToString("[[dev], [prod]]");
            assertThat(rows("SELECT orders FROM totals")).hasToString("[[2]]");
        }

        @Test
        void andTheNextRunBeginsAnew() {
            ran(0, "run", "--all", "--env", "ci");
            ran(0, "env", "drop", "ci", "--yes");
            assertThat(ran(0, "status", "--env", "ci").out()).contains("orders");

            ran(0, "run", "--all", "--env", "ci");
            assertThat(rows("SELECT count(*) FROM ci_marts.orders")).hasToString("[[2]]");
            assertThat(ran(0, "env", "drop", "ci", "--yes").out()).contains("ci_marts.orders");
            assertThat(ran(0, "env", "drop", "ci", "--yes").out()).contains("no load of environment ci is recorded");
        }

        @Test
        void tablesBesideAndDeadLettersToo() {
            hw.write("data/prices.csv", "id,price\n1,10\n2,x\n");
            hw.write("pipelines/prices.yml", """
                    pipeline:
                      name: prices
                      extract: {connection: landing, path: prices.csv, columns: {id: bigint, price: bigint}}
                      load:
                        connection: warehouse
                        table: prices
                        strategy: merge
                        merge_keys: [id]
                        scd: {default: 1, columns: {price: 4}}
                      error_handling: {strategy: dead-letter, max_rejected: 60%}
                    """);
            ran(0, "run", "prices", "--env", "ci");
            assertThat(rows("SELECT count(*) FROM headworks.dead_letter")).hasToString("[[1]]");
            assertThat(stored("ci_prices%")).containsExactly("main.ci_prices", "main.ci_prices_history");
            assertThat(ran(8, "env", "drop", "ci").out()).contains("ci_prices, ci_prices_history");
            ran(0, "env", "drop", "ci", "--yes");
            assertThat(stored("ci_prices%")).isEmpty();
            assertThat(rows("SELECT count(*) FROM headworks.dead_letter")).hasToString("[[0]]");
        }
    }

    @Nested
    class Refuses {
        @Test
        void whenNobodyAgreed() {
            ran(0, "run", "--all", "--env", "ci");
            Hw.Result shown = ran(8, "env", "drop", "ci");
            assertThat(shown.out()).contains("ci_marts.orders").doesNotContain("dropped");
            assertThat(shown.err()).contains("nothing was dropped: hw env drop ci --yes");
            assertThat(rows("SELECT count(*) FROM ci_marts.orders")).hasToString("[[2]]");
        }

        @Test
        void environmentsThatSomebodyMayMiss() {
            assertThat(ran(8, "env", "drop", "prod", "--yes").err()).contains("it is guarded");
            hw.replace("headworks.yml", "guard: true, ", "");
            assertThat(ran(8, "env", "drop", "prod", "--yes").err()).contains("by its name it is production");
            hw.replace("headworks.yml", "ci: {", "ci: {read_missing_from: dev, ");
            assertThat(ran(8, "env", "drop", "dev", "--yes").err()).contains("environment ci reads tables from it");
            assertThat(ran(2, "env", "drop", "test", "--yes").err()).contains("test");
            hw.replace(
                    "headworks.yml",
                    ENVIRONMENTS
                            .replace("ci: {", "ci: {read_missing_from: dev, ")
                            .replace("guard: true, ", ""),
                    "");
            assertThat(ran(8, "env", "drop", "default", "--yes").err()).contains("it is the project's only one");
        }

        @Test
        void aTableThatAnotherEnvironmentLoadedToo() {
            ran(0, "run", "--all", "--env", "ci");
            hw.replace("headworks.yml", "  ci:", "  ci2: {schema_prefix: ci_}\n  ci:");
            hw.replace("headworks.yml", "ci: {schema_prefix: ci_}", "ci: {schema_prefix: old_}");
            ran(0, "run", "--all", "--env", "ci2");

            assertThat(ran(2, "env", "drop", "ci2", "--yes").err())
                    .contains("environment ci has loaded into it too", "nothing was dropped");
            assertThat(rows("SELECT count(*) FROM ci_marts.orders")).hasToString("[[2]]");
        }
    }

    @Nested
    class OnAServer {
        @Test
        void dropsTablesOfPostgresqlInOneTransaction() {
            try (TestDatabase database = TestPostgres.shared().newDatabase()) {
                hw.write("password.txt", database.password());
                project(
                        "{type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"${file:password.txt}\"}"
                                .formatted(database.port(), database.name(), database.user()));
                ran(0, "run", "--all", "--env", "dev");
                ran(0, "run", "--all", "--env", "ci");
                database.run("CREATE VIEW report AS SELECT orders FROM ci_totals");

                assertThat(ran(1, "env", "drop", "ci", "--yes").err()).contains("report");
                assertThat(database.texts("SELECT count(*) FROM ci_marts.orders"))
                        .containsExactly("2");
                assertThat(database.texts("SELECT DISTINCT environment FROM headworks.ledger ORDER BY 1"))
                        .containsExactly("ci", "dev");

                database.run("DROP VIEW report");
                ran(0, "env", "drop", "ci", "--yes");
                assertThat(database.texts("SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname NOT IN"
                                + " ('pg_catalog', 'information_schema', 'headworks') ORDER BY 1"))
                        .containsExactly("marts.orders", "public.totals");
                assertThat(database.texts("SELECT DISTINCT environment FROM headworks.ledger"))
                        .containsExactly("dev");
                ran(0, "run", "--all", "--env", "ci");
                assertThat(database.texts("SELECT orders FROM ci_totals")).containsExactly("2");
            }
        }

        @Test
        void goesOnInMysqlWhereADropWasStopped() {
            try (TestDatabase database = TestMariaDb.shared().newDatabase()) {
                hw.write("password.txt", database.password());
                project(
                        "{type: mysql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"${file:password.txt}\"}"
                                .formatted(database.port(), database.name(), database.user()));
                hw.replace("pipelines/orders.yml", "marts.orders", "orders");
                hw.write("models/totals.sql", "select count(*) as orders from orders");
                ran(0, "run", "--all", "--env", "dev");
                ran(0, "run", "--all", "--env", "ci");
                database.run("DROP TABLE ci_totals");

                assertThat(ran(0, "env", "drop", "ci", "--yes").out())
                        .contains("nothing: it is not there", "ci_orders");
                assertThat(database.texts("SELECT table_name FROM information_schema.tables WHERE table_schema ="
                                + " DATABASE() AND table_name NOT LIKE 'hw!_%' ESCAPE '!' ORDER BY 1"))
                        .containsExactly("orders", "totals");
                assertThat(database.texts("SELECT DISTINCT environment FROM hw_ledger"))
                        .containsExactly("dev");
            }
        }
    }
}
