package io.headworks.connector.files;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileReading.Changed;
import io.headworks.api.source.FileStamp;
import io.headworks.connector.files.listing.ContentHash;
import io.headworks.connector.files.listing.FileListing;
import io.headworks.connector.files.listing.FileListing.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that are there and ready, stamped. A file that is not ready is left out and noted; one that was loaded
 * before keeps its known stamp, so that it is neither read nor taken for vanished.
 */
final class Observation {
    private final FileReading reading;
    private final Instant now;
    private final boolean hashes;
    private final Map<String, FileStamp> known = new LinkedHashMap<>();
    private final List<FileStamp> stamps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Observation(FileReading reading, Instant now, List<FileStamp> known) {
        this(reading, now, known, reading.changed() == Changed.CONTENT);
    }

    private Observation(FileReading reading, Instant now, List<FileStamp> known, boolean hashes) {
        this.reading = reading;
        this.now = now;
        this.hashes = hashes;
        known.forEach(stamp -> this.known.put(stamp.path(), stamp));
    }

    /** One that reads no file, whatever the reading says. */
    static Observation byStat(FileReading reading, Instant now) {
        return new Observation(reading, now, List.of(), false);
    }

    void add(FileListing listing) {
        for (Found found : listing.files()) {
            String obstacle = obstacle(found);
            FileStamp before = known.get(found.path());
            if (obstacle == null) {
                stamps.add(stamp(found, before));
            } else {
                notes.add(found.path() + " is not ready: " + obstacle);
                if (before != null) {
                    stamps.add(before);
                }
            }
        }
        listing.unfinished().forEach(path -> notes.add(path + " is left out: its name says it is unfinished"));
    }

    List<FileStamp> stamps() {
        return stamps;
    }

    List<String> notes() {
        return notes;
    }

    private @Nullable String obstacle(Found found) {
        String ready = reading.ready();
        if (ready != null) {
            Path folder = found.file().toAbsolutePath().getParent();
            if (folder == null || !Files.exists(folder.resolve(ready))) {
                return "there is no " + ready + " beside it";
            }
        }
        if (reading.settle() != null) {
            Instant quietSince = modified(found).plus(reading.settle());
            if (quietSince.isAfter(now)) {
                return "it was written to at " + modified(found) + ", less than " + reading.settle() + " ago";
            }
        }
        return null;
    }

    /** With {@code changed: content} every file is read and hashed anew: size and time prove nothing about content. */
    private FileStamp stamp(Found found, @Nullable FileStamp before) {
        String hash = null;
        if (hashes) {
            try {
                hash = ContentHash.of(found.file());
            } catch (IOException e) {
                throw new HeadworksException(
                        FailureKind.RUN, "Cannot read " + found.path() + ": " + e.getMessage(), null, e);
            }
        } else if (before != null) {
            hash = before.contentHash();
        }
        return new FileStamp(found.path(), found.attributes().size(), modified(found), hash, found.values());
    }

    private static Instant modified(Found found) {
        return found.attributes().lastModifiedTime().toInstant();
    }
}
