package io.headworks.core.state;

import io.headworks.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Run documents as files, {@code runs/RUN.json}, and as lines of one log. */
public final class RunFiles {
    private final Path folder;

    public RunFiles(Path folder) {
        this.folder = folder;
    }

    void write(String runId, String document) {
        try {
            Files.createDirectories(folder);
            Path temporary = folder.resolve(runId + ".tmp");
            Files.writeString(temporary, Json.pretty(Json.read(document)) + "\n");
            Files.move(
                    temporary,
                    folder.resolve(runId + ".json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(
                    folder.resolve("runs.log"), document + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write the run document into " + folder, failed);
        }
    }
}
