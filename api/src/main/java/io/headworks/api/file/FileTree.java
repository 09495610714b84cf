package io.headworks.api.file;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists and removes folders in which others work meanwhile: what is deleted between being listed and being looked at was
 * never there, where {@link Files#walk} fails on it.
 */
public final class FileTree {
    private FileTree() {}

    /** All files below a folder, sorted, links among them but those to folders; what is in folders whose names begin with a dot is not. */
    public static List<Path> files(Path root) throws IOException {
        return files(root, Integer.MAX_VALUE);
    }

    /**
     * The same, down to some depth.
     *
     * @param depth 1 for the folder's own files
     * @throws NoSuchFileException when there is no such folder
     */
    public static List<Path> files(Path root, int depth) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, Set.<FileVisitOption>of(), depth, new Visitor(root) {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean hidden = !folder.equals(root)
                        && String.valueOf(folder.getFileName()).startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() || (attributes.isSymbolicLink() && !Files.isDirectory(file))) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found.stream().sorted().toList();
    }

    /** Removes a folder and all that is in it, following no link; nothing when there is none, or another removes it too. */
    public static void remove(Path root) throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        Files.walkFileTree(root, new Visitor(null) {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) throws IOException {
                super.postVisitDirectory(folder, failed);
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** @param needed a folder that has to be there, if one has */
    private static class Visitor extends SimpleFileVisitor<Path> {
        private final @Nullable Path needed;

        Visitor(@Nullable Path needed) {
            this.needed = needed;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
            if (failed instanceof NoSuchFileException && !file.equals(needed)) {
                return FileVisitResult.CONTINUE;
            }
            throw failed;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) throws IOException {
            return failed == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, failed);
        }
    }
}
