package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One project in several environments. */
final class EnvironmentsRunTest {
    private static final String DAYS = """
            pipeline:
              name: days
              extract: {connection: landing, path: days.csv}
              load: {connection: warehouse, table: marts.days, strategy: truncate-reload}
            """;
    private static final String ORDERS = """
            pipeline:
              name: orders
              extract: {connection: landing, path: orders.csv}
              transform:
                stages:
                  - name: enrich
                    operations:
                      - lookup: {table: marts.days, match: {day: day}, take: [season]}
                      - sql: "select i.*, (select count(*) from marts.days) as days from {{ input }} i"
              load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
            """;

    @TempDir
    Path folder;

    private Hw hw;

    @BeforeEach
    void write() {
        hw = new Hw(folder);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                variables:
                  country: {default: IT, allowed: [IT, FR]}
                  token: {default: "${file:token}"}
                connections:
                  landing: {type: files, path: data}
                  warehouse: {type: duckdb, path: shared.duckdb}
                environments:
                  prod: {default: true}
                  ci: {schema_prefix: ci_, read_missing_from: prod}
                """);
        hw.write("token", "hunter2-hunter2");
        hw.write("pipelines/days.yml", DAYS);
        hw.write("pipelines/orders.yml", ORDERS);
        hw.write("data/days.csv", "day,season\n2026-01-01,winter\n2026-07-01,summer\n");
        hw.write("data/orders.csv", "id,day\n1,2026-01-01\n2,2026-07-01\n");
    }

    private Hw.Result ran(int exitCode, String... arguments) {
        Hw.Result result = hw.run(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result;
    }

    private List<?> rows(String sql, String environment) {
        return (List<?>) hw.json("query", sql, "--env", environment).get("rows");
    }

    @Test
    void whatIsMissingIsReadElsewhereAndWrittenHere() {
        ran(0, "run", "--all");
        hw.write("data/orders.csv", "id,day\n3,2026-01-01\n");

        Hw.Result ran = ran(0, "run", "orders", "--env", "ci");

        assertThat(ran.err()).contains("orders: read in another environment: marts.days (prod)");
        assertThat(rows("SELECT id, season, days FROM orders", "ci")).hasToString("[[3, winter, 2]]");
        assertThat(rows("SELECT count(*) FROM orders", "prod")).hasToString("[[2]]");
        assertThat(rows("SELECT count(*) FROM ci_orders", "ci")).hasToString("[[1]]");

        ran(0, "run", "days", "--env", "ci");
        assertThat(rows("SELECT count(*) FROM ci_marts.days", "ci")).hasToString("[[2]]");
        assertThat(ran(0, "run", "orders", "--env", "ci").err()).doesNotContain("another environment");
    }

    @Test
    void withoutAPlaceToReadItThereIsNoSuchTable() {
        hw.replace("headworks.yml", ", read_missing_from: prod", "");
        ran(0, "run", "days");
        assertThat(ran(1, "run", "orders", "--env", "ci").out())
                .contains("Cannot read warehouse:ci_marts.days: there is no such table yet");
    }

    @Test
    void tablesOfTwoEnvironmentsAreCompared() {
        ran(0, "run", "--all");
        ran(0, "run", "--all", "--env", "ci");
        ran(0, "diff", "orders@ci", "orders@prod");
        hw.write("data/orders.csv", "id,day\n1,2026-07-01\n");
        ran(0, "run", "orders", "--env", "ci");
        assertThat(ran(1, "diff", "orders@ci", "orders@prod").out()).contains("merge keys of pipeline orders");
        assertThat(ran(2, "diff", "orders@dev", "orders@prod").err()).contains("Cannot compare orders@dev");
    }

    @Test
    void whatNamesTablesByItselfIsRefusedUnderAPrefix() {
        hw.replace("pipelines/days.yml", "truncate-reload}", "truncate-reload, after: \"analyze marts.days\"}");
        assertThat(ran(2, "run", "days", "--env", "ci").err())
                .contains("Cannot use days in environment ci: load.before and load.after run as they are written");
    }

    @Test
    void modelsAndViewsReadTheTablesOfTheirEnvironment() {
        hw.write("models/recent.sql", "select id, day from orders");
        hw.write("models/shown.sql", "select id from orders");
        hw.write("models/models.yml", """
                models:
                  recent: {load: {connection: warehouse, strategy: truncate-reload}}
                  shown: {load: {connection: warehouse, strategy: view}}
                """);
        ran(0, "run", "--all", "--env", "ci");
        hw.write("data/orders.csv", "id,day\n7,2026-01-01\n");
        ran(0, "run", "days", "orders", "--env", "prod");

        assertThat(rows("SELECT count(*), (SELECT count(*) FROM ci_recent) FROM ci_shown", "ci"))
                .hasToString("[[2, 2]]");
    }

    @Test
    void aModelReadsElsewhereWhatItsEnvironmentDoesNotHave() {
        hw.write("models/seasons.sql", "select season, count(*) as days from marts.days group by season");
        hw.write("models/late.sql", "select id from orders where {{ changed(orders) }}");
        hw.write("models/models.yml", """
                models:
                  seasons: {load: {connection: warehouse, strategy: truncate-reload}}
                  late: {load: {connection: warehouse, strategy: upsert, merge_keys: [id]}}
                """);
        ran(0, "run", "days", "orders");

        assertThat(ran(0, "run", "seasons", "late", "--env", "ci").err())
                .contains(
                        "seasons: read in another environment: marts.days (prod)",
                        "late: read in another environment: orders (prod)");
        assertThat(rows("SELECT season, days FROM seasons ORDER BY season", "ci"))
                .hasToString("[[summer, 1], [winter, 1]]");
        assertThat(rows("SELECT count(*) FROM ci_late", "ci")).hasToString("[[2]]");
        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE table_name IN ('seasons', 'late')", "prod"))
                .isEmpty();

        // loads of another environment are not counted: nothing is taken for unchanged, and nothing for new
        assertThat(ran(0, "run", "seasons", "--env", "ci").out()).doesNotContain("nothing to do");
        assertThat(ran(2, "run", "late", "--env", "ci").out())
                .contains("loads of another one are not counted", "build it here first");
    }

    @Test
    void runsKeepTheValuesOfVariables() {
        ran(0, "run", "days", "--var", "country=FR");
        Hw.Result log = ran(0, "log", "days", "--output", "json");
        assertThat(log.out()).contains("\"variables\"", "\"country\"", "\"FR\"").doesNotContain("hunter2");
        assertThat(ran(0, "log", "days").out()).contains("variables         country=FR");
    }

    @Test
    void aRetryHasTheValuesOfThen() {
        hw.replace("pipelines/days.yml", "path: days.csv", "path: \"${var:country}.csv\"");
        assertThat(ran(1, "run", "days", "--var", "country=FR").out()).contains("FR.csv");
        hw.write("data/FR.csv", "day,season\n2026-01-01,hiver\n");
        ran(0, "run", "--retry", "days");
        assertThat(rows("SELECT season FROM marts.days", "prod")).hasToString("[[hiver]]");
    }

    @Test
    void aWrongValueIsFoundWhereItStandsInEveryEnvironment() {
        hw.replace("headworks.yml", "  ci: {", "  ci: {variables: {country: XX}, ");
        assertThat(ran(2, "validate").out() + ran(2, "validate").err())
                .contains(
                        "headworks.yml:10:29: error: Cannot set variable 'country': 'XX' is not known (allowed: IT, FR)");
    }

    @Test
    void aDevelopmentRunNeedsNoRightToWriteInProduction() {
        try (TestDatabase database = TestPostgres.shared().newDatabase()) {
            database.run(
                    "CREATE TABLE dim AS SELECT 1 AS id, 'one' AS name",
                    "DROP ROLE IF EXISTS only_reader",
                    "CREATE ROLE only_reader LOGIN PASSWORD 'reads-only'",
                    "GRANT SELECT ON dim TO only_reader");
            hw.write("headworks.yml", """
                    project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                    connections:
                      landing: {type: files, path: data}
                      warehouse: {type: duckdb, path: dev.duckdb}
                    environments:
                      dev: {default: true, read_missing_from: prod}
                      prod:
                        connections:
                          warehouse: {type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: only_reader, password: "${file:token}", tls: disable}
                    """.formatted(database.port(), database.name()));
            hw.write("token", "reads-only");
            hw.write("pipelines/days.yml", """
                    pipeline:
                      name: dim
                      extract: {connection: landing, path: dim.csv}
                      load: {connection: warehouse, table: dim, strategy: truncate-reload}
                    """);
            hw.write("pipelines/orders.yml", """
                    pipeline:
                      name: orders
                      extract: {connection: landing, path: orders.csv}
                      transform:
                        stages: [{name: enrich, operations: [{lookup: {table: dim, match: {id: id}, take: [name], missing: keep}}]}]
                      load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [id]}
                    """);
            List<String> before = database.texts("SELECT relname FROM pg_class ORDER BY 1");

            ran(0, "run", "orders");

            assertThat(rows("SELECT id, name FROM orders ORDER BY id", "dev")).hasToString("[[1, one], [2, null]]");
            assertThat(database.texts("SELECT relname FROM pg_class ORDER BY 1"))
                    .isEqualTo(before);
        }
    }
}
