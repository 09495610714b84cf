package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes a small project that validates and runs as it is. */
public final class InitProject {
    private static final List<String> FILES =
            List.of("headworks.yml", "pipelines/orders.yml", "data/orders.csv", ".gitignore");

    /** Where the first line of each YAML file points, for editors. */
    private static final String SCHEMA = "headworks.schema.json";

    private final Path folder;
    private final String schema;

    /** @param schema the JSON Schema of project files */
    public InitProject(Path folder, String schema) {
        this.folder = folder;
        this.schema = schema;
    }

    /**
     * Writes the files.
     *
     * @return their names, relative to the folder
     * @throws HeadworksException of kind PROJECT when one of them is there already; then nothing is written
     */
    public List<String> write() {
        List<String> present = Stream.concat(FILES.stream(), Stream.of(SCHEMA))
                .filter(name -> Files.exists(folder.resolve(name)))
                .toList();
        if (present.contains("headworks.yml") || !withoutIgnore(present).isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot make a project in " + folder + ": " + String.join(", ", present) + " is there already",
                    "name an empty or a new folder: hw init DIR");
        }
        List<String> written = new ArrayList<>(FILES);
        written.removeAll(present);
        try {
            for (String name : written) {
                Path file = folder.resolve(name);
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.writeString(file, text(name));
            }
            Files.writeString(folder.resolve(SCHEMA), schema);
            written.add(SCHEMA);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES, "Cannot write the project: " + IoReason.of(failed), null, failed);
        }
        return written;
    }

    private static List<String> withoutIgnore(List<String> present) {
        return present.stream().filter(name -> !name.equals(".gitignore")).toList();
    }

    private String text(String name) throws IOException {
        String resource = "init/" + name.replaceFirst("^\\.", "dot-");
        try (InputStream template = InitProject.class.getResourceAsStream(resource)) {
            if (template == null) {
                throw new UncheckedIOException(new IOException("Cannot find " + resource + " in the program"));
            }
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@name@", projectName())
                    .replace("@id@", UUID.randomUUID().toString());
        }
    }

    private String projectName() {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        String letters = name == null
                ? ""
                : name.toString()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "_")
                        .replaceAll("^[0-9_]+|_+$", "");
        return letters.isEmpty() ? "project" : letters;
    }
}
