package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load that would delete too much is stopped, its batch is kept, and just that batch goes on when it is told so. */
final class KeptBatchTest {
    private static final int ROWS = 2000;

    @TempDir
    Path folder;

    private Shop shop(String target, String... more) {
        Shop shop = new Shop(folder, target)
                .rows("orders.csv", 1, ROWS)
                .pipeline(
                        "extract: {connection: landing, path: \"*.csv\", columns: {id: bigint, amount: bigint}}",
                        "transform: {stages: [{name: clean, operations: [{filter: \"id > 0\"}]}]}",
                        "load: {connection: warehouse, table: orders, strategy: merge, merge_keys: [id]"
                                + String.join("", more) + "}");
        assertThat(shop.run().exitCode()).isZero();
        return shop;
    }

    /** The id of the stopped run. */
    private static String stopped(Shop shop) {
        Hw.Result result = shop.run();
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
        String said = result.out() + result.err();
        assertThat(said).contains("of 2000 rows would be deleted").contains("max_change allows deleted: 30%");
        String id = String.valueOf(shop.log().get("run_id"));
        assertThat(said).contains("hw run --retry " + id + " --override-gate REASON");
        return id;
    }

    private static Hw.Result publish(Shop shop, String run) {
        return shop.hw().run("run", "--retry", run, "--override-gate", "the shop in Rome has closed");
    }

    @Test
    void aBatchThatCannotBeKeptIsStoppedAllTheSame() throws Exception {
        Shop shop = shop("duckdb").rows("orders.csv", 1, 1300);
        Files.writeString(folder.resolve(".headworks/kept"), "no folder");

        Hw.Result result = shop.run();

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
        assertThat(result.out() + result.err())
                .contains("of 2000 rows would be deleted", "The batch could not be kept: ")
                .doesNotContain("--retry");
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[" + ROWS + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "sqlite", "parquet"})
    void justThatBatchIsPublishedThoughTheSourceHasChangedSince(String target) {
        Shop shop = shop(target).rows("orders.csv", 1, 1300);
        String run = stopped(shop);
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[" + ROWS + "]");
        assertThat(shop.hw().run("status").out()).contains("a stopped batch of 1300 rows is kept until", run);

        shop.rows("orders.csv", 1, 10);
        Hw.Result published = publish(shop, run);
        assertThat(published.exitCode()).as(published.toString()).isZero();
        assertThat(shop.hw().rows("select count(*), max(id) from orders")).containsExactly("[1300,1300]");
        assertThat(shop.log().get("notes").toString()).contains("max_change overridden (the shop in Rome has closed)");
        assertThat(shop.hw().run("status").out()).doesNotContain("is kept until");
        assertThat(kept()).isEmpty();

        Hw.Result next = shop.run();
        assertThat(next.exitCode())
                .as("what came since is seen, and stopped anew: " + next)
                .isEqualTo(3);
    }

    @Test
    void theLedgerSaysWhatTheStoppedRunHadFound() {
        Shop shop = shop("duckdb");
        String before = ledger(shop, "schema_hash, source_identity");
        shop.rows("orders.csv", 1, 1300);
        String run = stopped(shop);
        assertThat(publish(shop, run).exitCode()).isZero();
        assertThat(ledger(shop, "schema_hash, source_identity")).isEqualTo(before);
        assertThat(ledger(shop, "rows_deleted, rows_unchanged")).isEqualTo("[700,1300]");
        assertThat(shop.run().out()).contains("nothing to do");
    }

    private static String ledger(Shop shop, String columns) {
        return shop.hw()
                .rows("select " + columns + " from headworks.ledger order by run_number desc limit 1")
                .get(0);
    }

    @Test
    void aTableThatWasLoadedSinceTakesNoOldBatch() throws IOException {
        Shop shop = shop("duckdb").rows("orders.csv", 1, 1300);
        String run = stopped(shop);
        Path aside = Files.createDirectories(folder.resolve("aside"));
        copy(folder.resolve(".headworks/kept/" + run), aside);
        shop.rows("orders.csv", 1, 1900);
        assertThat(shop.run().exitCode()).isZero();
        assertThat(kept()).as("it went with the load").isEmpty();
        copy(aside, Files.createDirectories(folder.resolve(".headworks/kept/" + run)));
        shop.rows("orders.csv", 1, 1890);

        Hw.Result refused = publish(shop, run);
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(8);
        assertThat(refused.out() + refused.err()).contains("its table has been loaded since");
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[1900]");
    }

    @Test
    void anotherDefinitionOfTheLoadTakesNoOldBatch() {
        Shop shop = shop("duckdb").rows("orders.csv", 1, 1300);
        String run = stopped(shop);
        shop.hw().replace("pipelines/orders.yml", "merge_keys: [id]", "merge_keys: [id], deletes: ignore");
        Hw.Result refused = publish(shop, run);
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(8);
        assertThat(refused.out() + refused.err()).contains("the pipeline's load is defined otherwise now");
    }

    @Test
    void whatIsNotToBePublishedGoesAfterAWeek() {
        Shop shop = shop("duckdb").rows("orders.csv", 1, 1300);
        stopped(shop);
        Map<?, ?> status = (Map<?, ?>) ((List<?>) shop.hw().json("status").get("pipelines")).get(0);
        Instant until = Instant.parse(String.valueOf(((Map<?, ?>) status.get("kept_batch")).get("until")));
        assertThat(until).isBefore(Instant.now().plus(Duration.ofDays(7)));
        shop.hw().run("state", "purge");
        assertThat(kept()).hasSize(1);
        shop.hw().replace(".headworks/kept/" + kept().get(0) + "/batch.json", until.toString(), "2020-01-01T00:00:00Z");
        shop.hw().run("state", "purge");
        assertThat(kept()).isEmpty();
    }

    @Test
    void overridingAtOnceExtractsAndPublishes() {
        Shop shop = shop("duckdb").rows("orders.csv", 1, 1300);
        Hw.Result result = shop.run("--override-gate", "it is right");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[1300]");
    }

    @Test
    void smallTablesHaveNoLimitUnlessOneIsGiven() {
        Shop shop = shop("duckdb", ", max_change: {deleted: 100%}").rows("orders.csv", 1, 900);
        assertThat(shop.run().exitCode()).isZero();
        shop.hw().replace("pipelines/orders.yml", ", max_change: {deleted: 100%}", "");
        shop.rows("orders.csv", 1, 10);
        assertThat(shop.run().exitCode()).as("900 rows are fewer than 1,000").isZero();
        assertThat(shop.hw().rows("select count(*) from orders")).containsExactly("[10]");
    }

    private List<String> kept() {
        Path root = folder.resolve(".headworks/kept");
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(each -> each.getFileName().toString()).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
