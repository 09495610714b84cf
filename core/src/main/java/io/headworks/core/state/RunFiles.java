package io.headworks.core.state;

import io.headworks.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
            Files.write(temporary, bytes(Json.pretty(Json.read(document))));
            Files.move(
                    temporary,
                    folder.resolve(runId + ".json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            Files.write(
                    folder.resolve("runs.log"), bytes(document), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write the run document into " + folder, failed);
        }
    }

    /** Half a pair of surrogates, which data may bring into a message, becomes a question mark. */
    private static byte[] bytes(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
