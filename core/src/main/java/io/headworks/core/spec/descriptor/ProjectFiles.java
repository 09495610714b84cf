package io.headworks.core.spec.descriptor;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Files that keys name, read once each. They stand inside the project's folder and are at most 10 MB of UTF-8. */
public final class ProjectFiles {
    private static final long LIMIT = 10L * 1024 * 1024;
    private final Path folder;
    private final Map<String, Content> contents = new ConcurrentHashMap<>();

    public ProjectFiles(Path folder) {
        this.folder = folder;
    }

    /** @param unsaved texts that count instead of what some files hold */
    public ProjectFiles(Path folder, Map<String, String> unsaved) {
        this(folder);
        unsaved.forEach((path, text) -> contents.put(path, new Content(text, null)));
    }

    /** The text of a file, or why there is none: "there is no such file". */
    public record Content(@Nullable String text, @Nullable String failure) {}

    public Path folder() {
        return folder;
    }

    public Content read(String path) {
        return contents.computeIfAbsent(path, this::load);
    }

    private Content load(String path) {
        try {
            Path file = folder.resolve(path).normalize();
            if (!file.startsWith(folder)) {
                return new Content(null, "it stands outside the project's folder");
            }
            if (Files.isDirectory(file)) {
                return new Content(null, "it is a folder");
            }
            if (Files.size(file) > LIMIT) {
                return new Content(null, "it has more than 10 MB");
            }
            return new Content(Files.readString(file), null);
        } catch (NoSuchFileException absent) {
            return new Content(null, "there is no such file");
        } catch (CharacterCodingException notUtf8) {
            return new Content(null, "it is not UTF-8");
        } catch (IOException | RuntimeException unreadable) {
            return new Content(null, String.valueOf(unreadable.getMessage()));
        }
    }
}
