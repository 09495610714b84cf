package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.run.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the reference project to play with: three months of flights, a fourth waiting to come in. */
public final class DemoProject {
    private static final String MARK = ".headworks-demo";
    private static final String PROJECT = "headworks.yml";

    private final Path original;
    private final Path folder;

    /** @param original the reference project of this program */
    public DemoProject(Path original, Path folder) {
        this.original = original;
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /** Copies the project; a demo of before is put back to its beginning. */
    public void prepare() {
        if (!Files.isRegularFile(original.resolve(PROJECT))) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot find the reference project: there is none in " + original);
        }
        try {
            if (Files.exists(folder) && !isEmpty(folder) && !Files.exists(folder.resolve(MARK))) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot put the demo into " + folder + ": it holds other files",
                        "name an empty or a new folder: hw demo DIR");
            }
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(MARK), "Made by hw demo, which may put it back to its beginning.\n");
            forget();
            copyAll();
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot put the demo into " + folder + ": " + IoReason.of(failed),
                    null,
                    failed);
        }
    }

    /**
     * Lets the waiting files arrive.
     *
     * @return their names
     */
    public List<String> newFilesArrive() {
        try {
            List<String> arrived = new ArrayList<>();
            for (Path file : list(folder.resolve("data/incoming"))) {
                String name = file.getFileName().toString();
                Files.copy(file, folder.resolve("data/flights").resolve(name), StandardCopyOption.REPLACE_EXISTING);
                arrived.add(name);
            }
            return arrived;
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES, "Cannot copy the new files: " + failed.getMessage(), null, failed);
        }
    }

    private void forget() throws IOException {
        Workspace.removeFolder(folder.resolve(Workspace.FOLDER));
        for (Path file : list(folder)) {
            if (file.getFileName().toString().startsWith("warehouse.duckdb")) {
                Files.delete(file);
            }
        }
        if (Files.isDirectory(folder.resolve("data/incoming"))) {
            for (Path file : list(folder.resolve("data/incoming"))) {
                Files.deleteIfExists(folder.resolve("data/flights").resolve(file.getFileName()));
            }
        }
    }

    private void copyAll() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(original)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !original.relativize(file).startsWith(Workspace.FOLDER))
                    .filter(file -> !file.getFileName().toString().startsWith("warehouse.duckdb"))
                    .toList();
        }
        for (Path file : files) {
            Path copy = folder.resolve(original.relativize(file).toString());
            Files.createDirectories(java.util.Objects.requireNonNull(copy.getParent()));
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        return Files.isDirectory(folder) && list(folder).isEmpty();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
