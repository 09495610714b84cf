package io.headworks.core.spec.loading;

import io.headworks.api.failure.IoReason;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The YAML files below a folder. Folders whose names begin with a dot are left out. */
public final class FolderFiles {
    private final Path folder;

    public FolderFiles(Path folder) {
        this.folder = folder;
    }

    /** A file and what was in it. */
    record YamlFile(String name, YamlReader.Documents documents) {}

    /** All files, by name. They are parsed side by side. */
    List<YamlFile> read() throws IOException {
        return paths().parallelStream()
                .map(this::parsed)
                .sorted(Comparator.comparing(YamlFile::name))
                .toList();
    }

    /** Where they are, in order. */
    public List<Path> paths() throws IOException {
        List<Path> paths = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean hidden = !directory.equals(folder)
                        && directory.getFileName().toString().startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if ((name.endsWith(".yml") || name.endsWith(".yaml"))
                        && !name.startsWith(".")
                        && !Files.isDirectory(file)) {
                    paths.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return paths.stream().sorted().toList();
    }

    private YamlFile parsed(Path path) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        try {
            return new YamlFile(name, YamlReader.read(name, Files.readAllBytes(path)));
        } catch (IOException unreadable) {
            Problem problem = Problem.error(
                    Place.of(name), "missing-file", "Cannot read " + name + ": " + IoReason.of(unreadable), null);
            return new YamlFile(name, new YamlReader.Documents(List.of(), List.of(problem)));
        }
    }
}
