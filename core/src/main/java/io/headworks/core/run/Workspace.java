package io.headworks.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The project's folder for what never goes into git. */
public record Workspace(Path root) {
    /** The folder's name inside a project. */
    public static final String FOLDER = ".headworks";

    public static Workspace of(Path project) {
        return new Workspace(project.resolve(FOLDER));
    }

    public Path state() {
        return root.resolve("state.db");
    }

    public Path runs() {
        return root.resolve("runs");
    }

    /** An empty folder that only this run uses. */
    public Path staging(String runId) {
        return created(root.resolve("staging").resolve(runId));
    }

    /** Removes a run's folder and what is left in it. */
    public void remove(String runId) {
        Path folder = root.resolve("staging").resolve(runId);
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot remove " + folder + ": " + failed.getMessage(), failed);
        }
    }

    public Path stagingRoot() {
        return root.resolve("staging");
    }

    public Path temporary() {
        return created(root.resolve("tmp"));
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot create " + folder + ": " + failed.getMessage(), failed);
        }
    }
}
