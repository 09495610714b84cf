package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw import sling}: what it makes of a replication, and what not. */
final class ImportSlingTest {
    @TempDir
    Path temporary;

    private Path folder;
    private Hw hw;

    @BeforeEach
    void replication() throws IOException {
        folder = temporary.resolve("sling");
        hw = new Hw(temporary.resolve("made"));
        write("data/orders.csv", "order_id;amount\n1;10\n2;20\n");
        write("data/countries.csv", "code,name\nIT,Italy\n");
        write("env.yaml", """
                connections:
                  MY_DUCK: {type: duckdb, instance: warehouse.duckdb}
                  MY_PG: {type: postgres, host: db.example.com, user: reader, password: hunter2secret, database: shop}
                """);
        write("replication.yaml", """
                source: LOCAL
                target: MY_DUCK
                defaults:
                  mode: full-refresh
                  object: main.{stream_file_name}
                streams:
                  file://data/countries.csv:
                  file://data/orders*.csv:
                    object: raw_orders
                    mode: incremental
                    primary_key: [order_id]
                    source_options: {delimiter: ";"}
                    columns: {amount: "decimal(18,2)"}
                """);
    }

    private void write(String name, String text) throws IOException {
        Bakery.write(folder, name, text);
    }

    private Hw.Result imported(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "import",
                "sling",
                folder.resolve("replication.yaml").toString(),
                "--into",
                hw.folder().toString()));
        all.addAll(List.of(more));
        return Hw.runAnywhere(all.toArray(String[]::new));
    }

    private String made(String name) throws IOException {
        return Files.readString(hw.folder().resolve(name));
    }

    @Test
    void whatIsImportedValidatesAndRuns() throws IOException {
        Hw.Result result = imported();
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();

        Hw.Result run = hw.run("run", "--all");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(hw.rows("select code, name from countries")).containsExactly("[\"IT\",\"Italy\"]");
        assertThat(hw.rows("select order_id, amount from raw_orders order by 1"))
                .containsExactly("[1,10.00]", "[2,20.00]");

        write("data/orders2.csv", "order_id;amount\n2;25\n3;30\n");
        assertThat(hw.run("run", "--all").exitCode()).isZero();
        assertThat(hw.rows("select count(*), sum(amount) from raw_orders")).containsExactly("[3,65.00]");
    }

    @Test
    void patternsBecomePipelinesOfManyTables() throws IOException {
        write("replication.yaml", """
                source: MY_PG
                target: MY_DUCK
                defaults: {mode: incremental, primary_key: id, update_key: updated_at, object: "raw_{stream_table}"}
                streams:
                  public.*:
                  public.countries: {mode: full-refresh}
                """);

        Hw.Result result = imported();

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(made("pipelines/public.yml"))
                .contains("include: [\"public.*\"]", "exclude: [public.countries]", "table: \"raw_${table}\"");
        assertThat(made("pipelines/countries.yml")).contains("truncate-reload", "table: raw_countries");
        assertThat(made("headworks.yml")).contains("password: \"${env:MY_PG_PASSWORD}\"", "host: db.example.com");
        try (Stream<Path> files = Files.walk(hw.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain("hunter2secret");
            }
        }
    }

    @Test
    void whatHasNoEquivalentIsListed() throws IOException {
        write("replication.yaml", """
                source: MY_PG
                target: MY_DUCK
                defaults: {mode: full-refresh, object: "raw_{stream_table}"}
                streams:
                  public.a: {mode: snapshot}
                  public.b: {mode: incremental, update_key: updated_at}
                  public.c: {transforms: {name: [trim_space]}}
                  public.d: {object: "raw_{YYYY}"}
                  public.e:
                """);

        Hw.Result result = imported();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("replication.yaml:5: not imported: stream public.a: mode 'snapshot' has no equivalent")
                .contains("stream public.b: mode incremental without a primary_key")
                .contains("stream public.c: 'transforms' has no equivalent")
                .contains("stream public.d: '{YYYY}' in its object has no equivalent");
        assertThat(hw.folder().resolve("pipelines/e.yml")).exists();
        assertThat(hw.folder().resolve("pipelines/a.yml")).doesNotExist();
    }

    @Test
    void aConnectionThatNobodyDescribesStopsIt() throws IOException {
        Files.delete(folder.resolve("env.yaml"));

        Hw.Result result = imported();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("Cannot import connection 'MY_DUCK': nothing says what it is", "--type MY_DUCK=");
        assertThat(imported("--type", "MY_DUCK=duckdb").exitCode()).isZero();
    }
}
