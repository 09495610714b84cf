package io.headworks.core.service;

import io.headworks.api.connection.Connector;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.spec.descriptor.Glossary;
import io.headworks.core.spec.format.ConnectionTypes;
import io.headworks.core.spec.format.DocumentFormat;
import io.headworks.core.spec.layout.YamlLayout;
import io.headworks.core.spec.loading.FolderFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays out a project's YAML files. */
public final class FormatProject {
    private final Path folder;
    private final YamlLayout layout;

    public FormatProject(Path folder, List<Connector> connectors) {
        Glossary glossary = new Glossary();
        new DocumentFormat(new ConnectionTypes(connectors)).kind().describe(glossary);
        this.folder = folder.toAbsolutePath().normalize();
        this.layout = new YamlLayout(glossary.objects());
    }

    /** What becomes of a file: its new text, or why it has none. */
    public record Formatted(
            String file,
            Path path,
            boolean changed,
            String text,
            @Nullable HeadworksException refused) {}

    /** Looks at every file; writes nothing. */
    public List<Formatted> look() {
        try {
            List<Formatted> all = new ArrayList<>();
            for (Path path : new FolderFiles(folder).paths()) {
                all.add(look(folder.relativize(path).toString().replace('\\', '/'), path));
            }
            return all;
        } catch (IOException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot read " + folder + ": " + IoReason.of(unreadable), null, unreadable);
        }
    }

    private Formatted look(String file, Path path) throws IOException {
        String before = Files.readString(path);
        try {
            String after = layout.of(file, before);
            return new Formatted(file, path, !after.equals(before), after, null);
        } catch (HeadworksException refused) {
            return new Formatted(file, path, false, before, refused);
        }
    }

    /** Writes a file's new text. */
    public static void write(Formatted formatted) {
        try {
            Files.writeString(formatted.path(), formatted.text());
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot write " + formatted.file() + ": " + IoReason.of(failed), null, failed);
        }
    }
}
