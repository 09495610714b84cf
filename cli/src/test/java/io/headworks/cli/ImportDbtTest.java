package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw import dbt} on {@link Bakery}, and on what it cannot know. */
final class ImportDbtTest {
    @TempDir
    Path temporary;

    private Path dbt;
    private Hw hw;

    @BeforeEach
    void bakery() throws IOException {
        dbt = Bakery.in(temporary.resolve("bakery"));
        hw = new Hw(temporary.resolve("made"));
    }

    private Hw.Result imported(String... more) {
        List<String> all = new ArrayList<>(
                List.of("import", "dbt", dbt.toString(), "--into", hw.folder().toString()));
        all.addAll(List.of(more));
        return Hw.runAnywhere(all.toArray(String[]::new));
    }

    private String made(String name) throws IOException {
        return Files.readString(hw.folder().resolve(name));
    }

    @Test
    void whatIsImportedValidatesAndRuns() {
        Hw.Result result = imported();
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();

        assertThat(hw.run("validate").out()).contains("valid: bakery");
        Hw.Result run = hw.run("run", "--all");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(hw.rows("select name, bread_amount, cake_amount from customer_totals order by name"))
                .containsExactly("[\"Ada\",3.50,12.00]", "[\"Grace\",null,24.00]");
        assertThat(hw.rows("select count(*) from order_log")).containsExactly("[3]");
        assertThat(hw.rows("select name, dbt_valid_to from customers_history order by name"))
                .containsExactly("[\"Ada\",null]", "[\"Grace\",null]");
        assertThat(hw.run("check").exitCode()).isZero();
    }

    @Test
    void anIncrementalModelReadsOnlyWhatChanged() throws IOException {
        imported();
        assertThat(made("models/marts/order_log.sql")).contains("where {{ changed(stg_orders.ordered_at) }}");
        assertThat(hw.run("run", "--all").exitCode()).isZero();

        hw.write("seeds/raw_orders.csv", made("seeds/raw_orders.csv") + "4,11,bread,400,2026-01-07 10:00:00\n");

        Hw.Result again = hw.run("run", "--all");
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        assertThat(again.out()).containsPattern("order_log unverified: 2 read, 1 inserted, 1 unchanged");
        assertThat(hw.rows("select count(*), sum(amount) from order_log")).containsExactly("[4,43.50]");
    }

    @Test
    void testsBecomeChecksThatCanFail() {
        imported();
        hw.replace("seeds/raw_orders.csv", "2,11,cake", "2,11,stone");

        Hw.Result run = hw.run("run", "--all");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out() + run.err()).contains("accepted", "kind");
    }

    @Test
    void aDryRunWritesNothing() {
        Hw.Result result = imported("--dry-run");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("would write", "models/marts/by_customer.sql");
        assertThat(hw.folder()).doesNotExist();
    }

    @Test
    void nothingIsWrittenOver() {
        imported();
        Hw.Result again = imported();

        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("Cannot import into", "more are there already", "--into DIR");
    }

    @Test
    void whatCannotBeKnownIsListedAndNotWritten() throws IOException {
        Bakery.write(dbt, "models/marts/odd.sql", """
                select *
                from {{ ref('stg_orders') }}
                where {{ some_package.active('x') }}
                """);
        Bakery.write(dbt, "models/marts/after_odd.sql", "select * from {{ ref('odd') }}\n");
        Bakery.write(dbt, "models/marts/only_appends.sql", """
                {{ config(materialized='incremental') }}
                select * from {{ ref('stg_orders') }}
                """);

        Hw.Result result = imported();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("models/marts/odd.sql:3: not imported: model odd: {{ some_package.active('x') }}:"
                        + " 'some_package' is not known")
                .contains("models/marts/only_appends.sql: not imported: model only_appends:");
        assertThat(hw.folder().resolve("models/marts/odd.sql")).doesNotExist();
        assertThat(made("headworks.yml")).contains("external: [odd]");
        assertThat(made("IMPORTED.md")).contains("models/marts/odd.sql:3");
        assertThat(hw.run("validate").exitCode()).isZero();
    }

    @Test
    void aTestAgainstALaterTableIsACheckOfItsOwn() throws IOException {
        Bakery.write(dbt, "models/marts/marts.yml", """
                models:
                  - name: order_log
                    columns:
                      - name: order_id
                        tests: [{relationships: {to: ref('order_sizes'), field: order_id}}]
                """);
        Bakery.write(dbt, "models/marts/order_sizes.sql", "select order_id from {{ ref('order_log') }}\n");

        Hw.Result result = imported();

        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(made("checks/references_of_order_log.yml")).contains("order_sizes(order_id)");
        assertThat(hw.run("run", "--all").exitCode()).isZero();
        assertThat(hw.run("check").exitCode()).isZero();
    }

    @Test
    void whatOurReaderRefusesIsLeftOut() throws IOException {
        Bakery.write(dbt, "models/marts/broken.sql", "selec * frm {{ ref('stg_orders') }}\n");

        Hw.Result result = imported();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("models/marts/broken.sql: not imported: model broken: ");
        assertThat(hw.run("validate").exitCode()).isZero();
    }

    @Test
    void passwordsStayWhereTheyAre() throws IOException {
        Bakery.write(dbt, "profiles.yml", """
                bakery:
                  target: dev
                  outputs:
                    dev: {type: postgres, host: db.example.com, port: 5432, user: loader, pass: hunter2secret,
                          dbname: shop, schema: analytics}
                """);

        Hw.Result result = imported();

        assertThat(result.out()).contains("set the environment variable WAREHOUSE_PASSWORD");
        assertThat(made("headworks.yml"))
                .contains("${env:WAREHOUSE_PASSWORD}", "schema_prefix: hw_", "host: db.example.com");
        try (Stream<Path> files = Files.walk(hw.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain("hunter2secret");
            }
        }
    }

    @Test
    void tablesOfDbtStayAsTheyAre() throws IOException {
        Bakery.write(dbt, "profiles.yml", """
                bakery:
                  target: dev
                  outputs:
                    dev: {type: duckdb, path: bakery.duckdb}
                """);
        imported();
        assertThat(hw.run("run", "--all").exitCode()).isZero();

        assertThat(hw.rows("select count(*) from hw_customer_totals")).containsExactly("[2]");
        assertThat(hw.rows("select count(*) from duckdb_tables() where table_name = 'customer_totals'"))
                .containsExactly("[0]");
    }

    @Test
    void theDocumentNamesEachFinding() throws IOException {
        Bakery.write(dbt, "analyses/try.sql", "select 1\n");

        Map<String, Object> document = imported("--output", "json").document();

        assertThat(document).containsEntry("written", true);
        assertThat(document.get("findings").toString()).contains("left-out", "analyses/try.sql");
    }
}
