package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FmtTest {
    @TempDir
    Path temporary;

    private Hw hw;

    @BeforeEach
    void init() {
        Path folder = temporary.resolve("shop");
        Hw.runAnywhere("init", folder.toString());
        hw = new Hw(folder);
    }

    private String formatted(String name, String text) throws IOException {
        hw.write(name, text);
        Hw.Result fmt = hw.run("fmt");
        assertThat(fmt.exitCode()).as(fmt.out() + fmt.err()).isZero();
        String once = Files.readString(hw.folder().resolve(name));
        hw.run("fmt");
        assertThat(hw.folder().resolve(name)).as("again it changes nothing").hasContent(once);
        return once;
    }

    @Test
    void whatInitWritesIsLaidOutAlready() {
        assertThat(hw.run("fmt", "--check").exitCode()).isZero();
    }

    @Test
    void keysAreOrderedAndTheirCommentsGoWithThem() throws IOException {
        assertThat(formatted("pipelines/stock.yml", """
                        # Stock, one row per article.
                        pipeline:
                            load:      # where it goes
                                strategy: truncate-reload
                                # the table of the marts
                                table: stock
                                connection: warehouse
                            # what it reads
                            extract:
                                connection: landing
                                path: stock.csv
                                columns:
                                    sku: text
                                    amount: bigint
                            name: stock
                        """)).isEqualTo("""
                        # Stock, one row per article.
                        pipeline:
                          name: stock
                          # what it reads
                          extract:
                            connection: landing
                            path: stock.csv
                            columns:
                              sku: text
                              amount: bigint
                          load:      # where it goes
                            connection: warehouse
                            # the table of the marts
                            table: stock
                            strategy: truncate-reload
                        """);
    }

    @Test
    void itemsOfListsStayInOrderAndTextsKeepTheirShape() throws IOException {
        assertThat(formatted("pipelines/stock.yml", """
                        pipeline:
                          name: stock
                          extract: {connection: landing, path: stock.csv,
                              columns: {sku: text, amount: bigint}}
                          transform:
                            stages:
                            - operations:
                              # first this
                              - trim: [sku]
                              # then that
                              - derive:
                                  z: "1"
                                  a: >
                                     amount
                                       * 2
                              name: clean

                            - name: late
                              operations: [{filter: "a > 0"}]
                          load: {connection: warehouse, table: stock, strategy: truncate-reload}
                        """)).isEqualTo("""
                        pipeline:
                          name: stock
                          extract: {connection: landing, path: stock.csv,
                              columns: {sku: text, amount: bigint}}
                          transform:
                            stages:
                              - name: clean
                                operations:
                                  # first this
                                  - trim: [sku]
                                  # then that
                                  - derive:
                                      z: "1"
                                      a: >
                                         amount
                                           * 2

                              - name: late
                                operations: [{filter: "a > 0"}]
                          load: {connection: warehouse, table: stock, strategy: truncate-reload}
                        """);
    }

    @Test
    void checkWritesNothing() throws IOException {
        String text = "pipeline:\n   name: stock\n   extract: {connection: landing, path: s.csv}\n";
        hw.write("pipelines/stock.yml", text);

        Hw.Result check = hw.run("fmt", "--check");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out()).contains("would change pipelines/stock.yml");
        assertThat(hw.folder().resolve("pipelines/stock.yml")).hasContent(text);
    }

    @Test
    void aFileThatIsNoYamlIsLeftAlone() {
        hw.write("pipelines/stock.yml", "pipeline: {name: [\n");

        Hw.Result fmt = hw.run("fmt");

        assertThat(fmt.exitCode()).isEqualTo(2);
        assertThat(fmt.out()).contains("Cannot format pipelines/stock.yml");
    }

    @Test
    void theReferenceProjectIsLaidOutAlready() {
        assertThat(Hw.runAnywhere("--project", "../examples/flights", "fmt", "--check")
                        .out())
                .endsWith("6 files, 0 would change\n");
    }
}
