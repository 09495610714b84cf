package io.headworks.connector.parquet;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.name.StoredName;
import io.headworks.api.run.FailPoint;
import io.headworks.api.type.Schema;
import io.headworks.connector.parquet.FolderLayout.TableLayout;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The next version of a table while it is built in the work folder. {@link #publish} makes it visible by one rename that
 * fails when its number was published by anybody else: a version folder is never empty, so it cannot be renamed over.
 */
final class VersionBuild {
    private final TableLayout table;
    private final @Nullable Version base;
    private final long number;
    private final Path folder;
    private final Path incoming;
    private int writes;

    private VersionBuild(TableLayout table, @Nullable Version base, Path folder) {
        this.table = table;
        this.base = base;
        this.number = base == null ? 1 : base.number() + 1;
        this.folder = folder;
        this.incoming = folder.resolve("incoming");
    }

    static VersionBuild begin(TableLayout table, @Nullable Version base) throws IOException {
        Path folder = table.work().resolve("build-" + UUID.randomUUID());
        Durable.createFolders(folder);
        VersionBuild build = new VersionBuild(table, base, folder);
        Files.createDirectory(build.incoming);
        Files.createDirectory(build.deadLetters());
        return build;
    }

    long number() {
        return number;
    }

    /** The rows of the version that this one follows. */
    List<LedgerRow> earlierLedger() throws IOException {
        return base == null ? List.of() : LedgerFile.read(base.ledger());
    }

    /** Letters of the version that this one follows that are not resolved yet. */
    List<DeadLetter> earlierDeadLetters() throws IOException {
        return base == null ? List.of() : DeadLetterFiles.read(base, null, false);
    }

    Path deadLetters() {
        return folder.resolve(Version.DEAD_LETTERS);
    }

    /** A new, empty folder for files that may become part of the version. */
    Path incoming() throws IOException {
        return Files.createDirectory(incoming.resolve(Integer.toString(++writes)));
    }

    /** Completes the version and syncs it. */
    Version seal(Contents contents) throws IOException {
        List<DataFile> placed = place(contents);
        linkEarlierDeadLetters();
        Durable.deleteTree(incoming);
        FailPoint.K15.pass();
        Path earlier = base == null ? null : base.ledger();
        Durable.write(folder.resolve(Version.LEDGER), LedgerFile.with(earlier, contents.ledger()));
        Version version = new Version(
                number,
                folder,
                contents.publishedAt(),
                contents.partitioning(),
                contents.names(),
                contents.columnSets(),
                placed);
        VersionFile.write(version, table.name().toString());
        Durable.syncFolders(folder);
        Durable.sync(Durable.folderOf(folder));
        return version;
    }

    private List<DataFile> place(Contents contents) throws IOException {
        Files.createDirectory(folder.resolve(Version.DATA));
        List<DataFile> placed = new ArrayList<>();
        for (DataFile file : contents.files()) {
            Path to = folder.resolve(dataPath(contents, file));
            Files.createDirectories(Durable.folderOf(to));
            if (file.path().startsWith(folder)) {
                Durable.sync(file.path());
                Durable.rename(file.path(), to);
            } else {
                Durable.link(to, file.path());
            }
            placed.add(file.at(to));
        }
        return placed;
    }

    private static Path dataPath(Contents contents, DataFile file) {
        Path data = Path.of(Version.DATA);
        Partitioning partitioning = contents.partitioning();
        if (partitioning == null) {
            return data.resolve(file.name());
        }
        Schema columns = contents.columnSets().get(contents.columnSets().size() - 1);
        String key = PartitionFolders.key(partitioning, columns);
        return data.resolve(key + "=" + PathText.partition(file.partition())).resolve(file.name());
    }

    private void linkEarlierDeadLetters() throws IOException {
        if (base == null) {
            return;
        }
        try (DirectoryStream<Path> letters = Files.newDirectoryStream(base.deadLetters())) {
            for (Path letter : letters) {
                Durable.link(deadLetters().resolve(letter.getFileName()), letter);
            }
        }
    }

    /** The compare-and-swap. */
    void publish() throws IOException {
        Path published = table.version(number);
        Durable.createFolders(table.versions());
        try {
            Durable.rename(folder, published);
        } catch (FileSystemException refused) {
            if (!Files.exists(published, LinkOption.NOFOLLOW_LINKS)) {
                throw refused;
            }
            throw new HeadworksException(
                    FailureKind.HELD,
                    "Cannot publish version " + number + " of " + table.name() + ": another writer published it",
                    "run it again",
                    refused);
        }
        Durable.sync(table.versions());
    }

    /** Removes what was built and not published. */
    void discard() throws IOException {
        Durable.deleteTree(folder);
    }

    /** What a version is made of; files outside the build stay where they are and are linked. */
    record Contents(
            List<DataFile> files,
            List<Schema> columnSets,
            @Nullable Partitioning partitioning,
            List<StoredName> names,
            List<LedgerRow> ledger,
            Instant publishedAt) {}
}
