package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a history of which nobody can tell when they were so go to the dead letter where one is declared. */
final class UnplacedRowsTest {
    private static final String LOAD = """
            load:
              connection: warehouse
              table: orders
              strategy: merge
              merge_keys: [id]
              scd: {default: 2, valid_at: at}
            """;
    private static final String STORED =
            "select id, city, cast(valid_from as date), is_current from orders order by id, valid_from";
    private static final String NEWER = "load.order_by does not say which is newer";

    @TempDir
    Path folder;

    private Shop shop(String type, String extracting, String mostRejected) {
        return new Shop(folder, type)
                .pipeline(
                        "extract: {connection: landing, path: '*.csv', strategy: " + extracting
                                + ", columns: {id: bigint, city: text, at: timestamp}}",
                        LOAD,
                        "error_handling: {strategy: dead-letter, max_rejected: " + mostRejected + "}");
    }

    private static String run(Shop shop) {
        Hw.Result run = shop.run();
        assertThat(run.exitCode()).as(run.toString()).isZero();
        return run.out() + run.err();
    }

    private static String letters(Shop shop) {
        return shop.hw().run("deadletter", "list", "--output", "json").out();
    }

    @Test
    void thoseWithoutATimeOrOutOfReach() {
        Shop shop = shop("duckdb", "incremental", "90%")
                .file("1.csv", "id,city,at", "1,Rome,2024-01-01", "2,Oslo,", "3,Lund,0001-01-01", "4,Bari,9999-12-31");

        assertThat(run(shop)).contains("1 inserted, 3 rejected");

        assertThat(shop.hw().rows(STORED)).containsExactly("[1,\"Rome\",\"2024-01-01\",true]");
        assertThat(letters(shop))
                .contains("valid-at", "Cannot tell when the row was so: NULL in valid_at column 'at'")
                .contains("a valid_at that no interval can begin at (allowed: from 0001-01-03 to before 9999-12-31)");
        assertThat(shop.hw().rows("select payload from headworks.dead_letter where reason like '%NULL%'"))
                .singleElement()
                .asString()
                .contains("Oslo");
    }

    @Test
    void allOfATimeThatDiffer() {
        Shop shop = shop("duckdb", "incremental", "90%")
                .file(
                        "1.csv",
                        "id,city,at",
                        "1,Rome,2024-01-01",
                        "1,Rome,2024-01-01",
                        "2,Oslo,2024-01-01",
                        "2,Lund,2024-01-01",
                        "2,Bari,2024-01-03");

        assertThat(run(shop)).contains("2 inserted", "2 rejected");

        assertThat(shop.hw().rows(STORED))
                .containsExactly("[1,\"Rome\",\"2024-01-01\",true]", "[2,\"Bari\",\"2024-01-03\",true]");
        assertThat(letters(shop)).contains("another row of its keys and time", NEWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "sqlite", "parquet"})
    void thoseThatContradictWhatIsStored(String type) {
        Shop shop = shop(type, "incremental", "90%").file("1.csv", "id,city,at", "1,Rome,2024-01-01");
        run(shop);
        shop.file(
                "2.csv",
                "id,city,at",
                "1,Bari,2024-01-01",
                "1,Bari,2024-01-01",
                "1,Pisa,2024-01-05",
                "2,Oslo,2024-01-01");

        assertThat(run(shop)).contains("2 inserted", "2 rejected");

        assertThat(shop.hw().rows(STORED))
                .containsExactly(
                        "[1,\"Rome\",\"2024-01-01\",false]",
                        "[1,\"Pisa\",\"2024-01-05\",true]",
                        "[2,\"Oslo\",\"2024-01-01\",true]");
        assertThat(letters(shop)).contains("it contradicts what is stored", NEWER);
    }

    @Test
    void theirKeysAreNotAbsentFromAFullExtract() {
        Shop shop = shop("duckdb", "full", "100%")
                .file("1.csv", "id,city,at", "1,Rome,2024-01-01", "2,Oslo,2024-01-01", "3,Lund,2024-01-01");
        run(shop);
        shop.file("1.csv", "id,city,at", "1,Bari,2024-01-01", "2,Oslo,");

        assertThat(run(shop)).contains("1 deleted", "2 rejected");

        assertThat(shop.hw().rows(STORED))
                .containsExactly(
                        "[1,\"Rome\",\"2024-01-01\",true]",
                        "[2,\"Oslo\",\"2024-01-01\",true]",
                        "[3,\"Lund\",\"2024-01-01\",false]");
    }

    @Test
    void tooManyStopTheLoad() {
        Shop shop = shop("duckdb", "incremental", "40%").file("1.csv", "id,city,at", "1,Rome,2024-01-01", "2,Oslo,");

        Hw.Result run = shop.run();

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(3);
        assertThat(run.out() + run.err())
                .contains("1 of 2 rows were rejected (allowed 40%)")
                .doesNotContain("--retry");
        assertThat(shop.hw().run("query", "select * from orders").exitCode()).isNotZero();
    }

    @Test
    void aReplayOfThoseThatAreRefusedAgainChangesNothing() {
        Shop shop = shop("duckdb", "incremental", "90%").file("1.csv", "id,city,at", "1,Rome,2024-01-01", "2,Oslo,");
        run(shop);

        Hw.Result replay = shop.hw().run("deadletter", "replay", "orders");

        assertThat(replay.exitCode()).as(replay.toString()).isEqualTo(3);
        assertThat(replay.out() + replay.err()).contains("all 1 rows are refused again");
        assertThat(shop.hw().rows("select count(*) from headworks.dead_letter")).containsExactly("[1]");
    }
}
