package io.headworks.core.imports.dbt;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.imports.Finding;
import io.headworks.core.imports.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of a dbt project, where dbt_project.yml says that they are. */
final class DbtFolder {
    static final String FILE = "dbt_project.yml";

    private final Path folder;
    private final Written settings;

    private DbtFolder(Path folder, Written settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * A file of the project.
     *
     * @param name relative to the project, with {@code /}
     * @param below relative to the folder of its kind
     */
    record DbtFile(Path path, String name, String below) {
        /** The name without its ending. */
        String stem() {
            String last = name.substring(name.lastIndexOf('/') + 1);
            int dot = last.lastIndexOf('.');
            return dot < 0 ? last : last.substring(0, dot);
        }

        String text() {
            try {
                return Files.readString(path);
            } catch (IOException unreadable) {
                throw new HeadworksException(
                        FailureKind.PROJECT, "Cannot read " + name + ": " + IoReason.of(unreadable), null, unreadable);
            }
        }
    }

    /** @throws HeadworksException when it is no dbt project */
    static DbtFolder in(Path folder, List<Finding> findings) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot import " + folder + ": there is no " + FILE,
                    "name the folder of a dbt project");
        }
        List<Written> documents = Written.in(file, FILE, findings);
        if (documents.size() != 1 || documents.get(0).at("name").text() == null) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot import " + file + ": it is no map with a name", null);
        }
        return new DbtFolder(folder, documents.get(0));
    }

    Path path() {
        return folder;
    }

    Written settings() {
        return settings;
    }

    String name() {
        return settings.at("name").text("project");
    }

    /** Files of a kind with some ending, by name. */
    List<DbtFile> files(String kind, String... endings) {
        List<String> folders = new ArrayList<>(settings.at(kind + "-paths").texts());
        if (folders.isEmpty()) {
            folders.addAll(usual(kind));
        }
        List<DbtFile> files = new ArrayList<>();
        folders.forEach(each -> files.addAll(below(each, endings)));
        return files;
    }

    private List<String> usual(String kind) {
        return switch (kind) {
            case "model" ->
                settings.at("source-paths").isThere()
                        ? settings.at("source-paths").texts()
                        : List.of("models");
            case "seed" ->
                settings.at("data-paths").isThere() ? settings.at("data-paths").texts() : List.of("seeds");
            case "analysis" -> List.of("analyses", "analysis");
            default -> List.of(kind + "s");
        };
    }

    private List<DbtFile> below(String start, String... endings) {
        Path root = folder.resolve(start);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile)
                    .filter(path -> Stream.of(endings).anyMatch(path.toString()::endsWith))
                    .map(path -> new DbtFile(path, slashed(folder.relativize(path)), slashed(root.relativize(path))))
                    .filter(file -> !("/" + file.name()).contains("/."))
                    .sorted(java.util.Comparator.comparing(DbtFile::name))
                    .toList();
        } catch (IOException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot read " + root + ": " + IoReason.of(unreadable), null, unreadable);
        }
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }
}
