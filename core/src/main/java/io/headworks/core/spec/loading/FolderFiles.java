package io.headworks.core.spec.loading;

import io.headworks.api.failure.IoReason;
import io.headworks.api.file.FileTree;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The YAML files below a folder. Folders whose names begin with a dot are left out. */
public final class FolderFiles {
    private final Path folder;

    public FolderFiles(Path folder) {
        this.folder = folder;
    }

    /** A file and what was in it. */
    record YamlFile(String name, YamlReader.Documents documents) {}

    /**
     * All files, by name. They are parsed side by side.
     *
     * @param unsaved texts that count instead of what some files hold
     */
    List<YamlFile> read(Map<String, String> unsaved) throws IOException {
        return paths().parallelStream()
                .map(path -> parsed(path, unsaved))
                .sorted(Comparator.comparing(YamlFile::name))
                .toList();
    }

    /** Where they are, in order. */
    public List<Path> paths() throws IOException {
        return FileTree.files(folder).stream().filter(FolderFiles::isYaml).toList();
    }

    private static boolean isYaml(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(".yml") || name.endsWith(".yaml")) && !name.startsWith(".");
    }

    static YamlFile of(String name, String text) {
        return new YamlFile(name, YamlReader.read(name, text.getBytes(StandardCharsets.UTF_8)));
    }

    private YamlFile parsed(Path path, Map<String, String> unsaved) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        String text = unsaved.get(name);
        try {
            byte[] bytes = text == null ? Files.readAllBytes(path) : text.getBytes(StandardCharsets.UTF_8);
            return new YamlFile(name, YamlReader.read(name, bytes));
        } catch (IOException unreadable) {
            Problem problem = Problem.error(
                    Place.of(name), "missing-file", "Cannot read " + name + ": " + IoReason.of(unreadable), null);
            return new YamlFile(name, new YamlReader.Documents(List.of(), List.of(problem)));
        }
    }
}
