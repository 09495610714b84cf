package io.headworks.connector.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.parquet.FolderLayout.TableLayout;
import io.headworks.connector.parquet.VersionBuild.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionBuildTest {
    private static final Schema COLUMNS = new Schema(List.of(new Field("id", DataType.BIGINT)));
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private TableLayout table;
    private Versions versions;

    @BeforeEach
    void layout() {
        table = new FolderLayout(folder.resolve("lake")).table(new TableName(null, "orders"));
        versions = new Versions(table);
    }

    private VersionBuild sealed(List<String> newFiles) throws IOException {
        Version base = versions.current().orElse(null);
        VersionBuild build = VersionBuild.begin(table, base);
        List<DataFile> files = new ArrayList<>(base == null ? List.of() : base.files());
        Path incoming = build.incoming();
        for (String name : newFiles) {
            Path file = Files.writeString(incoming.resolve(name), name);
            files.add(new DataFile(file, null, 1, Files.size(file), 0));
        }
        build.seal(new Contents(files, List.of(COLUMNS), null, List.of(), List.of(), NOW));
        return build;
    }

    @Test
    void showsNothingUntilItIsPublished() throws Exception {
        VersionBuild build = sealed(List.of("a.parquet"));
        assertThat(versions.current()).isEmpty();
        build.publish();
        assertThat(versions.current()).hasValueSatisfying(version -> {
            assertThat(version.number()).isEqualTo(1);
            assertThat(version.schema()).isEqualTo(COLUMNS);
            assertThat(version.paths())
                    .singleElement()
                    .satisfies(path -> assertThat(path).hasContent("a.parquet"));
        });
        assertThat(table.work()).isEmptyDirectory();
    }

    @Test
    void linksUnchangedFilesInsteadOfCopyingThem() throws Exception {
        sealed(List.of("a.parquet")).publish();
        sealed(List.of("b.parquet")).publish();
        Path first = table.version(1).resolve("data/a.parquet");
        Path second = table.version(2).resolve("data/a.parquet");
        assertThat(Files.isSameFile(first, second)).isTrue();
        assertThat(versions.current().orElseThrow().paths())
                .containsExactly(second, table.version(2).resolve("data/b.parquet"));
    }

    @Test
    void refusesToPublishANumberThatAnotherWriterPublished() throws Exception {
        VersionBuild one = sealed(List.of("a.parquet"));
        VersionBuild other = sealed(List.of("b.parquet"));
        one.publish();
        assertThatThrownBy(other::publish)
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.HELD))
                .hasMessage("Cannot publish version 1 of orders: another writer published it");
        assertThat(versions.current().orElseThrow().paths())
                .containsExactly(table.version(1).resolve("data/a.parquet"));
    }

    @Test
    void letsExactlyOneOfRacingPublishersWin() throws Exception {
        int rounds = 200;
        int writers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            for (int round = 1; round <= rounds; round++) {
                List<VersionBuild> builds = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    builds.add(sealed(List.of("r" + round + "w" + writer)));
                }
                assertThat(winners(threads, builds))
                        .as("winners of round %s", round)
                        .isEqualTo(1);
                assertThat(versions.current().orElseThrow().files()).hasSize(round);
                for (VersionBuild build : builds) {
                    build.discard();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(versions.numbers()).hasSize(rounds);
    }

    private static int winners(ExecutorService threads, List<VersionBuild> builds) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> results = builds.stream()
                .map(build -> threads.submit(() -> {
                    start.await();
                    try {
                        build.publish();
                        return true;
                    } catch (HeadworksException lost) {
                        return false;
                    }
                }))
                .toList();
        start.countDown();
        int winners = 0;
        for (Future<Boolean> result : results) {
            winners += result.get() ? 1 : 0;
        }
        return winners;
    }

    @Test
    void refusesAFormatThatANewerReleaseWrote() throws Exception {
        sealed(List.of()).publish();
        Path description = table.version(1).resolve(Version.FILE);
        Files.writeString(description, Files.readString(description).replace("\"format\":1", "\"format\":2"));
        assertThatThrownBy(versions::current)
                .hasMessage("Cannot read " + description + ": its format is 2 (known: up to 1)");
    }
}
