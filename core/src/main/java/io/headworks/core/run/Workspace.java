package io.headworks.core.run;

import io.headworks.api.file.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** What processes of slots printed. */
    public Path schedule() {
        return root.resolve("schedule");
    }

    /** Batches of runs that were stopped in the load. */
    public KeptBatches kept() {
        return new KeptBatches(root.resolve("kept"));
    }

    /** An empty folder that only this run uses. */
    public Path staging(String runId) {
        return owned(stagingRoot().resolve(runId));
    }

    /** Removes a run's folder and what is left in it. */
    public void remove(String runId) {
        removeFolder(stagingRoot().resolve(runId));
    }

    /** Where the engine of this process may spill. */
    public Path temporary() {
        return owned(temporaryFolder());
    }

    public void removeTemporary() {
        removeFolder(temporaryFolder());
    }

    private Path temporaryFolder() {
        return temporaryRoot().resolve(FolderOwner.name());
    }

    private Path stagingRoot() {
        return root.resolve("staging");
    }

    private Path temporaryRoot() {
        return root.resolve("tmp");
    }

    /** Work folders of processes that are gone. */
    public List<Path> abandoned() {
        return Stream.of(stagingRoot(), temporaryRoot())
                .flatMap(each -> list(each).stream())
                .filter(Workspace::isAbandoned)
                .toList();
    }

    /** What another removes meanwhile, or what another user locked away, is not ours to remove. */
    private static boolean isAbandoned(Path folder) {
        try {
            return !FolderOwner.isAlive(folder);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Removes a folder and all that is in it; nothing when there is none. */
    public static void removeFolder(Path folder) {
        try {
            FileTree.remove(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot remove " + folder + ": " + failed.getMessage(), failed);
        }
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot list " + folder + ": " + failed.getMessage(), failed);
        }
    }

    private static Path owned(Path folder) {
        try {
            Files.createDirectories(folder);
            FolderOwner.claim(folder);
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot create " + folder + ": " + failed.getMessage(), failed);
        }
    }
}
