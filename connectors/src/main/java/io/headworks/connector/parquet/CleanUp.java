package io.headworks.connector.parquet;

import io.headworks.api.run.FailPoint;
import io.headworks.connector.parquet.FolderLayout.TableLayout;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the holder of a table's lock clears away before it writes: leftovers of killed writers, and old versions. */
final class CleanUp {
    private final TableLayout table;
    private final Keep keep;

    CleanUp(TableLayout table, Keep keep) {
        this.table = table;
        this.keep = keep;
    }

    void run(Instant now) throws IOException {
        leftovers();
        oldVersions(now);
    }

    private void leftovers() throws IOException {
        if (Files.isDirectory(table.work())) {
            try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(table.work())) {
                for (Path leftover : leftovers) {
                    Durable.deleteTree(leftover);
                }
            }
        }
        Files.deleteIfExists(table.link().resolveSibling("." + table.link().getFileName() + ".headworks-link"));
        Files.deleteIfExists(table.home().resolve("fence.json.new"));
    }

    /** A version goes when enough newer ones are there and it was replaced long enough ago for its readers to be done. */
    private void oldVersions(Instant now) throws IOException {
        List<Long> numbers = new Versions(table).numbers();
        for (int i = 0; i < numbers.size() - keep.versions(); i++) {
            Instant replaced =
                    VersionFile.read(table.version(numbers.get(i + 1))).publishedAt();
            if (replaced.plus(keep.atLeast()).isAfter(now)) {
                return;
            }
            remove(numbers.get(i));
        }
    }

    /** Out of sight by one rename first, so that a version is whole or gone. */
    private void remove(long number) throws IOException {
        Durable.createFolders(table.work());
        Path gone = table.work().resolve("gone-" + number);
        Durable.rename(table.version(number), gone);
        FailPoint.K23.pass();
        Durable.deleteTree(gone);
    }

    /**
     * How long versions stay.
     *
     * @param versions how many of the newest stay in any case
     * @param atLeast how long any version stays after it was replaced
     */
    record Keep(int versions, Duration atLeast) {
        Keep {
            if (versions < 1) {
                throw new IllegalArgumentException("Cannot keep " + versions + " versions: at least 1");
            }
        }
    }
}
