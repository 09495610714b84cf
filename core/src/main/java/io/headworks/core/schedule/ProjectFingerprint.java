package io.headworks.core.schedule;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.file.FileTree;
import io.headworks.core.json.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Tells whether the files that make a project have changed since it was last asked. */
final class ProjectFingerprint {
    private final Path folder;
    private String last = "";

    ProjectFingerprint(Path folder) {
        this.folder = folder;
    }

    boolean hasChanged() {
        try {
            StringBuilder text = new StringBuilder();
            for (Path file : FileTree.files(folder)) {
                String name = file.getFileName().toString();
                if (name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".sql")) {
                    add(file, text);
                }
            }
            String now = Sha256.of(text.toString());
            boolean changed = !now.equals(last);
            last = now;
            return changed;
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES, "Cannot list " + folder + ": " + failed.getMessage(), null, failed);
        }
    }

    private static void add(Path file, StringBuilder text) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            text.append(file)
                    .append('|')
                    .append(now.size())
                    .append('|')
                    .append(now.lastModifiedTime())
                    .append('\n');
        } catch (NoSuchFileException gone) {
            text.append(file).append("|gone\n");
        }
    }
}
