package io.headworks.duckdb.engine;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Scan.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files whose values were proved by a look at them before the engine read them: what the engine read is what was proved
 * only where the file did not change between.
 */
final class FilesAsProved {
    private final Map<InputFile, State> states = new LinkedHashMap<>();

    private record State(
            long size, FileTime modified, @Nullable Object key) {
        static State of(InputFile file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file.path(), BasicFileAttributes.class);
            return new State(now.size(), now.lastModifiedTime(), now.fileKey());
        }
    }

    /** To be called before the look. */
    void remember(InputFile file) throws IOException {
        states.put(file, State.of(file));
    }

    /** Forgets files of which nothing more will be read. */
    void forget(List<InputFile> files) {
        files.forEach(states::remove);
    }

    /** To be called after each statement that may have read them. */
    void check() {
        states.forEach((file, before) -> {
            if (!isAsBefore(file, before)) {
                throw new HeadworksException(
                        FailureKind.RUN,
                        "Cannot read " + file.stamp().path() + ": it changed while it was being read",
                        "Run again when nobody writes it; write files under another name and rename them when complete.");
            }
        });
    }

    private static boolean isAsBefore(InputFile file, State before) {
        try {
            return State.of(file).equals(before);
        } catch (IOException gone) {
            return false;
        }
    }
}
