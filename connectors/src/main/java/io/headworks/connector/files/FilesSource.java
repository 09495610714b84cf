package io.headworks.connector.files;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileSelection;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Position;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.connector.files.listing.FileListing;
import io.headworks.connector.files.listing.PathPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open folder. Conditions and key ranges are left to the run: every row of the files asked for is handed over. */
final class FilesSource implements Source {
    private final Path root;
    private final String identity;
    private final Clock clock;
    private final FilesReader reader;

    FilesSource(Path root, String identity, Clock clock, EngineSession engine) {
        this.root = root;
        this.identity = identity;
        this.clock = clock;
        this.reader = new FilesReader(root, engine);
    }

    /** The files that are there and ready, by name, size and time. */
    static List<FileStamp> present(Path root, Extract extract, Instant now) {
        Observation observation = Observation.byStat(reading(extract), now);
        observation.add(FileListing.of(root, pattern(extract)));
        return List.copyOf(observation.stamps());
    }

    @Override
    public SourceState observe(Extract extract, @Nullable Position known) {
        FileReading reading = reading(extract);
        PathPattern pattern = pattern(extract);
        Instant now = clock.instant();
        List<FileStamp> before = knownFiles(known);
        Observation observation = new Observation(reading, now, before);
        observation.add(FileListing.of(root, pattern));
        List<FileStamp> present = observation.stamps();
        if (present.isEmpty() && before.isEmpty() && observation.notes().isEmpty()) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot read " + pattern + ": no file below " + root + " matches",
                    "hw preview shows what a path matches; extract.allow_empty lets a run without files pass");
        }
        List<FileStamp> fresh =
                new FileSelection(present, before, reading.changed(), reading.rereadPartition()).toRead();
        Look look = reader.look(extract, reading, pattern, present, fresh);
        List<String> notes = new ArrayList<>(observation.notes());
        notes.addAll(look.notes());
        return new SourceState(
                look.schema(),
                null,
                fresh.stream().mapToLong(FileStamp::bytes).sum(),
                now,
                identity,
                List.of(),
                withoutRejected(present, before, look.rejected()),
                look.detected(),
                notes);
    }

    @Override
    public RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files) {
        return reader.rows(extract, reading(extract), pattern(extract), state.schema(), files);
    }

    @Override
    public boolean readsInPlace(Extract extract, SourceState state) {
        return reader.readsInPlace(reading(extract), state.files());
    }

    @Override
    public boolean filters() {
        return false;
    }

    @Override
    public void checkUnchanged(SourceState state, List<FileStamp> files) {
        for (FileStamp file : files) {
            try {
                BasicFileAttributes now = Files.readAttributes(root.resolve(file.path()), BasicFileAttributes.class);
                if (now.size() != file.bytes()
                        || !now.lastModifiedTime().toInstant().equals(file.modified())) {
                    throw new HeadworksException(
                            FailureKind.RUN,
                            "Cannot trust what was read of " + file.path() + ": it was written to in the meantime ("
                                    + file.bytes() + " bytes then, " + now.size() + " now)",
                            "run again once it is complete; extract.files.ready or settle waits for that");
                }
            } catch (IOException e) {
                throw new HeadworksException(
                        FailureKind.RUN,
                        "Cannot trust what was read of " + file.path() + ": it can no longer be found",
                        null,
                        e);
            }
        }
    }

    @Override
    public List<TableName> tables() {
        return FileGroups.below(root).stream()
                .map(group -> new TableName(null, group))
                .toList();
    }

    @Override
    public void close() {
        reader.close();
    }

    /** A rejected file is as if not there; if it was loaded before, it is as it was then. */
    private static List<FileStamp> withoutRejected(
            List<FileStamp> present, List<FileStamp> before, List<String> rejected) {
        List<FileStamp> files = new ArrayList<>();
        for (FileStamp file : present) {
            if (!rejected.contains(file.path())) {
                files.add(file);
            } else {
                before.stream().filter(old -> old.path().equals(file.path())).forEach(files::add);
            }
        }
        return files;
    }

    private static List<FileStamp> knownFiles(@Nullable Position known) {
        return known instanceof Position.Files files ? files.files() : List.of();
    }

    private static FileReading reading(Extract extract) {
        return extract.files() == null ? FileReading.DEFAULT : extract.files();
    }

    private static PathPattern pattern(Extract extract) {
        if (extract.reading() instanceof Extract.Reading.Files files) {
            return PathPattern.parse(files.path());
        }
        if (extract.reading() instanceof Extract.Reading.Table table) {
            return PathPattern.parse(table.name().toString());
        }
        throw new HeadworksException(FailureKind.PROJECT, "Cannot read a query from a folder: give extract.path");
    }
}
