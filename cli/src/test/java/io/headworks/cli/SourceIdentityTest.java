package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two files of one name are two sources. */
final class SourceIdentityTest {
    private static final String PROJECT = """
            project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
            connections:
              landing: {type: files, path: data}
              first: {type: TYPE, path: a/shop.db}
              second: {type: TYPE, path: b/shop.db}
              source: {type: TYPE, path: PATH}
              warehouse: {type: duckdb, path: warehouse.duckdb}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "sqlite"})
    void doNotShareAPosition(String type) {
        Hw hw = new Hw(folder);
        String project = PROJECT.replace("TYPE", type);
        hw.write("headworks.yml", project.replace("PATH", "./a/shop.db"));
        hw.write("data/1.csv", "id\n1\n2\n3\n");
        for (String name : new String[] {"first", "second"}) {
            hw.write("pipelines/" + name + ".yml", """
                    pipeline:
                      name: NAME
                      extract: {connection: landing, path: "*.csv"}
                      load: {connection: NAME, table: orders, strategy: truncate-reload}
                    """.replace("NAME", name));
            assertThat(hw.run("run", name).exitCode()).isZero();
        }
        hw.write("pipelines/copy.yml", """
                pipeline:
                  name: copy
                  extract: {connection: source, table: orders, strategy: incremental, incremental_key: id}
                  load: {connection: warehouse, table: copied, strategy: upsert, merge_keys: [id]}
                """);
        Hw.Result first = hw.run("run", "copy");
        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        assertThat(hw.rows("select source_identity from \"warehouse:headworks.ledger\""))
                .containsExactly("[\"" + type + ":a/shop.db\"]");
        hw.write("headworks.yml", project.replace("PATH", "b/shop.db"));

        Hw.Result other = hw.run("run", "copy");

        assertThat(other.exitCode()).isEqualTo(9);
        assertThat(other.out()).contains("the last load read " + type + ":a/shop.db, this is " + type + ":b/shop.db");
        assertThat(hw.run("run", "copy", "--full-refresh").exitCode()).isZero();
        assertThat(hw.run("run", "copy").exitCode()).isZero();
    }

    @Test
    void aProjectCanBeMoved() throws IOException {
        Path here = folder.resolve("here");
        Hw hw = new Hw(here);
        hw.write("headworks.yml", PROJECT.replace("TYPE", "duckdb").replace("PATH", "a/shop.db"));
        hw.write("data/1.csv", "id\n1\n");
        String load = "load: {connection: warehouse, table: orders, strategy: append}";
        hw.write(
                "pipelines/orders.yml",
                "pipeline:\n  name: orders\n  extract: {connection: landing, path: '*.csv', strategy: incremental}\n  "
                        + load + "\n");
        assertThat(hw.run("run", "orders").exitCode()).isZero();
        Path there = folder.resolve("there");
        Files.move(here, there);

        assertThat(new Hw(there).run("run", "orders").out()).contains("nothing to do");
    }
}
