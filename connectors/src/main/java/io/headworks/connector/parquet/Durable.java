package io.headworks.connector.parquet;

import io.headworks.api.run.FailPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** File operations that are on the disk when they return. */
final class Durable {
    private Durable() {}

    /** Creates folders as needed, each entered durably in its parent. */
    static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createFolders(parent);
        }
        FailPoint.K26.passOr(IOException::new);
        Files.createDirectories(folder);
        if (parent != null) {
            sync(parent);
        }
    }

    /** Syncs a file's content, or a folder's entries. */
    static void sync(Path fileOrFolder) throws IOException {
        FailPoint.K26.passOr(IOException::new);
        try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Writes a new file. */
    static void write(Path file, String text) throws IOException {
        FailPoint.K26.passOr(IOException::new);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Puts a file with this text in place of whatever has its name, at once. */
    static void replace(Path file, Path beside, String text) throws IOException {
        Files.deleteIfExists(beside);
        write(beside, text);
        rename(beside, file);
        sync(folderOf(file));
    }

    /** Renames at once; the folders of both are yet to be synced. */
    static void rename(Path from, Path to) throws IOException {
        FailPoint.K26.passOr(IOException::new);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A second name of a file; its folder is yet to be synced. */
    static void link(Path name, Path file) throws IOException {
        FailPoint.K26.passOr(IOException::new);
        Files.createLink(name, file);
    }

    /** Syncs the entries of a folder and of all folders below, deepest first. */
    static void syncFolders(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                sync(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes a folder and all below it, following no link; does nothing when it is not there. */
    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        FailPoint.K26.passOr(IOException::new);
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static Path folderOf(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("Cannot take the folder of " + file + ": it has none");
        }
        return parent;
    }
}
