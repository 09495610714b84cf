package io.headworks.connector.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.connector.lock.WriterLock;
import io.headworks.connector.parquet.CleanUp.Keep;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTargetTest {
    private static final Partitioning MONTHS = new Partitioning("day", By.MONTH);
    private static final String THREE_MONTHS = "SELECT * FROM (VALUES (1::BIGINT, 'a', DATE '2024-01-05'),"
            + " (2, 'b', DATE '2024-02-05'), (3, 'c', DATE '2024-03-05'), (4, 'd', NULL)) AS v(id, name, day)";

    @TempDir
    Path folder;

    private Engine engine;
    private EngineSession session;
    private Path path;

    @BeforeEach
    void open() throws IOException {
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("temporary"));
        session = engine.session("run", Files.createDirectories(folder.resolve("work")), new Cancellation());
        path = folder.resolve("lake");
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    private static Map<String, Object> inodes(Version version) throws IOException {
        Map<String, Object> inodes = new TreeMap<>();
        for (DataFile file : version.files()) {
            inodes.put(String.valueOf(file.partition()), Files.getAttribute(file.path(), "unix:ino"));
        }
        return inodes;
    }

    @Test
    void rewritesOnlyPartitionsInWhichARowChanges() throws Exception {
        try (Lake lake = new Lake(path, session, MONTHS)) {
            lake.load(Strategy.APPEND, THREE_MONTHS);
            Map<String, Object> before = inodes(lake.version());
            LoadCounts counts =
                    lake.load(Strategy.UPSERT, "SELECT 2::BIGINT AS id, 'B' AS name, DATE '2024-02-06' AS day");
            assertThat(counts.updated()).isEqualTo(1);
            Map<String, Object> after = inodes(lake.version());
            assertThat(after.keySet()).isEqualTo(before.keySet());
            assertThat(after.get("2024-02")).isNotEqualTo(before.remove("2024-02"));
            assertThat(after).containsAllEntriesOf(before);
        }
    }

    @Test
    void takesARowOutOfThePartitionItLeaves() throws Exception {
        try (Lake lake = new Lake(path, session, MONTHS)) {
            lake.load(Strategy.APPEND, THREE_MONTHS);
            lake.load(Strategy.UPSERT, "SELECT 1::BIGINT AS id, 'a' AS name, DATE '2024-03-01' AS day");
            Map<String, Long> rows = lake.version().files().stream()
                    .collect(Collectors.groupingBy(
                            file -> String.valueOf(file.partition()),
                            TreeMap::new,
                            Collectors.summingLong(DataFile::rows)));
            assertThat(rows).isEqualTo(Map.of("2024-02", 1L, "2024-03", 2L, "null", 1L));
        }
    }

    @Test
    void linksEveryFileWhenNothingChanges() throws Exception {
        try (Lake lake = new Lake(path, session, MONTHS)) {
            lake.load(Strategy.UPSERT, THREE_MONTHS);
            Map<String, Object> before = inodes(lake.version());
            LoadCounts counts = lake.load(Strategy.UPSERT, THREE_MONTHS);
            assertThat(counts.unchanged()).isEqualTo(4);
            assertThat(lake.version().number()).isEqualTo(2);
            assertThat(inodes(lake.version())).isEqualTo(before);
        }
    }

    @Test
    void isReadByOtherEnginesThroughTheLinkWithItsColumnsUnharmed() {
        try (Lake lake = new Lake(path, session, MONTHS)) {
            lake.load(Strategy.APPEND, THREE_MONTHS);
            lake.load(Strategy.TRUNCATE_RELOAD, THREE_MONTHS);
            String glob = "read_parquet('" + path + "/orders/**/*.parquet')";
            assertThat(lake.number("SELECT count(*) FROM " + glob)).isEqualTo(4);
            assertThat(lake.texts(
                            "SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM " + glob + ")"))
                    .containsExactly(
                            "id BIGINT",
                            "name VARCHAR",
                            "day DATE",
                            "_hw_run BIGINT",
                            "_hw_loaded_at TIMESTAMP WITH TIME ZONE",
                            "day_month VARCHAR");
            assertThat(lake.number("SELECT count(*) FROM " + glob + " WHERE day_month = '2024-02'"))
                    .isEqualTo(1);
            assertThat(lake.texts("SELECT file FROM glob('" + path + "/**')"))
                    .as("a glob over the folder finds no old version")
                    .isEmpty();
        }
    }

    @Test
    void neverTakesTheNameOfAColumnForItsFolders() {
        try (Lake lake = new Lake(path, session, new Partitioning("country", By.VALUE))) {
            lake.load(Strategy.APPEND, "SELECT 1::BIGINT AS id, '007' AS country, 'kept' AS Country_Value");
            String glob = "read_parquet('" + path + "/orders/*/*.parquet')";
            assertThat(lake.texts("SELECT country || ' ' || Country_Value FROM " + glob))
                    .containsExactly("007 kept");
            assertThat(path.resolve("orders/country_value_=007")).isDirectory();
        }
    }

    @Test
    void keepsAFileWithTheColumnsOfAnEmptyTable() {
        try (Lake lake = new Lake(path, session, MONTHS)) {
            lake.load(Strategy.TRUNCATE_RELOAD, THREE_MONTHS + " WHERE false");
            assertThat(lake.number("SELECT count(*) FROM read_parquet('" + path + "/orders/**/*.parquet')"))
                    .isZero();
            lake.load(Strategy.APPEND, THREE_MONTHS);
            assertThat(lake.version().files())
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(file.rows()).isPositive());
        }
    }

    @Test
    void refusesAnotherPartitioningUntilAllIsReloaded() {
        try (Lake lake = new Lake(path, session, MONTHS)) {
            lake.load(Strategy.APPEND, THREE_MONTHS);
        }
        try (Lake lake = new Lake(path, session, null)) {
            assertThatThrownBy(() -> lake.load(Strategy.APPEND, THREE_MONTHS))
                    .hasMessage(
                            "Cannot load into orders: it is partitioned by month of day, the pipeline says nothing");
        }
    }

    @Test
    void tellsWhoHoldsTheTable() throws Exception {
        try (Lake lake = new Lake(path, session, MONTHS)) {
            lake.load(Strategy.APPEND, THREE_MONTHS);
            try (Lake other = new Lake(path, session, MONTHS)) {
                assertThatThrownBy(() -> other.fence(2))
                        .isInstanceOfSatisfying(
                                HeadworksException.class,
                                failed -> assertThat(failed.kind()).isEqualTo(FailureKind.HELD))
                        .hasMessage("Cannot load into orders: run run-1 of process "
                                + ProcessHandle.current().pid() + " holds it since 2026-01-01T00:01:00Z");
            }
            assertThat(WriterLock.tryTake(lake.layout().lock()))
                    .as("the refused one freed nothing")
                    .isEmpty();
        }
    }

    @Test
    void clearsAwayWhatAKilledWriterLeft() throws Exception {
        try (Lake lake = new Lake(path, session, MONTHS)) {
            lake.load(Strategy.APPEND, THREE_MONTHS);
            Files.createDirectories(lake.layout().work().resolve("build-x/data"));
            Files.writeString(lake.layout().work().resolve("build-x/data/half.parquet"), "PAR1");
            Path link = lake.layout().link();
            Files.delete(link);
            Files.createSymbolicLink(link, Path.of("../.lake.headworks/orders/versions/000000000000/data"));
            Files.createSymbolicLink(link.resolveSibling(".orders.headworks-link"), Path.of("nowhere"));
            lake.fence(2);
            assertThat(lake.layout().work()).isEmptyDirectory();
            assertThat(link.toRealPath())
                    .isEqualTo(lake.version().folder().resolve("data").toRealPath());
            try (var entries = Files.list(path)) {
                assertThat(entries).containsExactly(link);
            }
        }
    }

    /** A writer that dies between its two renames; the run that follows has nothing to load, and takes no fence. */
    @Test
    void movesALinkThatStayedBehindAlsoWithoutALoad() throws Exception {
        try (Lake lake = new Lake(path, session, null)) {
            lake.load(Strategy.APPEND, "SELECT 1 AS id");
            Path link = lake.layout().link();
            Path older = Files.readSymbolicLink(link);
            lake.load(Strategy.APPEND, "SELECT 2 AS id");
            Path newest = Files.readSymbolicLink(link);
            Files.delete(link);
            Files.createSymbolicLink(link, older);

            lake.target.finish(Lake.ORDERS);

            assertThat(Files.readSymbolicLink(link)).isEqualTo(newest).isNotEqualTo(older);
        }
    }

    @Test
    void removesVersionsThatAreNeitherNewNorLatelyReplaced() {
        try (Lake lake = new Lake(path, session, null, new Keep(2, Duration.ofMinutes(4)))) {
            for (int i = 0; i < 10; i++) {
                lake.load(Strategy.APPEND, THREE_MONTHS);
            }
            assertThat(new Versions(lake.layout()).numbers())
                    .as("at minute 10 those stay that were replaced after minute 6")
                    .containsExactly(6L, 7L, 8L, 9L, 10L);
            assertThat(lake.version().rows()).isEqualTo(40);
        }
    }

    @Test
    void refusesToTakeThePlaceOfAForeignFolder() throws Exception {
        Files.createDirectories(path.resolve("orders"));
        try (Lake lake = new Lake(path, session, null)) {
            assertThatThrownBy(() -> lake.load(Strategy.APPEND, THREE_MONTHS))
                    .hasMessage("Cannot load into orders: " + path.resolve("orders")
                            + " is there already and is no link of ours");
        }
    }

    @Test
    void makesOneFileOfManySmallOnes() {
        try (Lake lake = new Lake(path, session, MONTHS)) {
            for (int i = 0; i < 33; i++) {
                lake.load(Strategy.APPEND, "SELECT " + i + "::BIGINT AS id, DATE '2024-01-01' AS day");
            }
            assertThat(lake.version().files()).extracting(DataFile::rows).containsExactly(32L, 1L);
            assertThat(lake.number("SELECT count(DISTINCT id) FROM read_parquet('" + path + "/orders/*/*.parquet')"))
                    .isEqualTo(33);
        }
    }

    @Test
    void runsNoSql() {
        try (Lake lake = new Lake(path, session, null)) {
            lake.load(Strategy.APPEND, THREE_MONTHS);
            try (var transaction = lake.target.begin(lake.fence(2), Lake.ORDERS)) {
                assertThatThrownBy(() -> transaction.execute("SELECT 1"))
                        .hasMessage("Cannot run load.before on orders: a folder of Parquet files runs no SQL");
            }
            assertThat(List.of(lake.version().number())).containsExactly(1L);
        }
    }
}
