package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code files.vanished: delete}. */
final class VanishedFilesTest {
    private static final String EXTRACT = """
            extract:
              connection: landing
              path: "*.csv"
              strategy: incremental
              files: {vanished: delete, add: {_file: path}}
            """;
    private static final String CHECK = "quality_gates: {post_load: [{not_null: id}]}";

    @TempDir
    Path folder;

    private static String load(String rest) {
        return "load: {connection: warehouse, table: orders, " + rest + "}";
    }

    private Shop loaded(String type, String load) {
        Shop shop = new Shop(folder, type)
                .pipeline(EXTRACT, load, CHECK)
                .rows("1.csv", 1, 3)
                .rows("2.csv", 4, 5);
        assertThat(shop.run().exitCode()).isZero();
        return shop;
    }

    private void vanish(String file) {
        try {
            Files.delete(folder.resolve("data").resolve(file));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "sqlite"})
    void rowsOfAVanishedFileGoAndItMayComeBack(String type) {
        Shop shop = loaded(type, load("strategy: append"));
        vanish("1.csv");

        assertThat(shop.hw().run("plan", "orders").out()).contains("delete         rows whose _file is 1.csv");
        assertThat(shop.run().out()).contains("3 deleted");
        assertThat(shop.hw().rows("select id, _file from orders order by id"))
                .containsExactly("[4,\"2.csv\"]", "[5,\"2.csv\"]");
        assertThat(shop.run().out()).contains("nothing to do");

        shop.rows("1.csv", 1, 3);
        assertThat(shop.run().exitCode()).isZero();
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[5]");
    }

    @Test
    void newFilesAreLoadedInTheSameRun() {
        Shop shop = loaded("duckdb", load("strategy: merge, merge_keys: [id, _file]"));
        vanish("1.csv");
        shop.rows("3.csv", 7, 7);

        assertThat(shop.run().exitCode()).isZero();

        assertThat(shop.hw().rows("select id from orders order by id")).containsExactly("[4]", "[5]", "[7]");
    }

    @Test
    void theBreakerHolds() {
        Shop shop = loaded("duckdb", load("strategy: append, max_change: {deleted: 50%}"));
        vanish("1.csv");

        Hw.Result run = shop.run();

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out() + run.err()).contains("3 of 5 rows would be deleted with the files that vanished");
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[5]");
    }

    @Test
    void aFolderWithoutAnyFileDeletesNothing() {
        Shop shop = loaded("duckdb", load("strategy: append"));
        vanish("1.csv");
        vanish("2.csv");

        Hw.Result run = shop.run();

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(9);
        assertThat(run.out() + run.err()).contains("no file is left: the folder itself may be missing");
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[5]");
    }

    @Test
    void anEmptiedPartitionGoesAndAThinnedOneIsReadAgain() {
        Shop shop = new Shop(folder, "duckdb")
                .pipeline("""
                        extract:
                          connection: landing
                          path: "day={day}/*.csv"
                          strategy: incremental
                          files: {vanished: delete, reread: partition}
                        """, load("strategy: partition-swap, partition_key: day"), CHECK)
                .rows("day=2024-01-01/a.csv", 1, 2)
                .rows("day=2024-01-02/a.csv", 3, 4)
                .rows("day=2024-01-02/b.csv", 5, 6);
        assertThat(shop.run().exitCode()).isZero();
        vanish("day=2024-01-01/a.csv");
        vanish("day=2024-01-02/b.csv");

        Hw.Result run = shop.run();
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();

        assertThat(shop.hw().rows("select id from orders order by id")).containsExactly("[3]", "[4]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "duckdb|strategy: upsert, merge_keys: [id]|upsert deletes no rows",
                "duckdb|strategy: merge, merge_keys: [id]|a row with the same id may stand in another file too",
                "duckdb|strategy: append, merge_keys: [id]|a row with the same id may stand in another file too",
                "parquet|strategy: append|the target cannot delete the rows of a file yet",
            })
    void isRefusedWhereARowIsNotOfOneFile(String type, String load, String why) {
        Shop shop = loaded(type, load(load));
        vanish("1.csv");

        Hw.Result plan = shop.hw().run("plan", "orders");

        assertThat(plan.exitCode()).as(plan.out() + plan.err()).isEqualTo(2);
        assertThat(plan.out() + plan.err()).contains("Cannot delete the rows of vanished files from orders: ", why);
        assertThat(shop.run().exitCode()).isEqualTo(2);
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[5]");
    }

    @Test
    void isRefusedWhereAStageMayChangeThePath() {
        Shop shop = new Shop(folder, "duckdb")
                .pipeline(
                        EXTRACT,
                        "transform: {stages: [{name: clean, operations: [{derive: {_file: upper(_file)}}]}]}",
                        load("strategy: append"),
                        CHECK)
                .rows("1.csv", 1, 3)
                .rows("2.csv", 4, 5);
        assertThat(shop.run().exitCode()).isZero();
        vanish("1.csv");

        Hw.Result run = shop.run();

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.out() + run.err()).contains("column '_file' may no longer be the file's path after derive");
    }

    @Test
    void foldersThatAreNoWholePartitionsAreNotSwapped() {
        Shop shop = new Shop(folder, "duckdb")
                .pipeline("""
                        extract:
                          connection: landing
                          path: "day={day}/{shop}.csv"
                          strategy: incremental
                          files: {reread: partition}
                        """, load("strategy: partition-swap, partition_key: day"), CHECK)
                .rows("day=2024-01-01/north.csv", 1, 2)
                .rows("day=2024-01-01/south.csv", 3, 4);

        Hw.Result run = shop.run();

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.out() + run.err()).contains("only when the path has {day} and no other column");
    }
}
