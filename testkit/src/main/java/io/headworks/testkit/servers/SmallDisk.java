package io.headworks.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file system in memory that is really full when it is full. Only an administrator of the machine can have one. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounted on a new folder that every user may write to; empty where this process may not mount. */
    public static Optional<SmallDisk> of(int megabytes) {
        try {
            Path folder = Files.createTempDirectory("headworks-small-disk");
            try {
                Command.run(List.of(
                        "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=0777", "tmpfs", folder.toString()));
                return Optional.of(new SmallDisk(folder));
            } catch (IllegalStateException refused) {
                Files.delete(folder);
                return Optional.empty();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A new folder on it, for a server of the test kit alone. */
    public Path folder(String name) {
        Path inside = folder.resolve(name);
        Command.run(Command.unprivileged(List.of("mkdir", "--mode=700", inside.toString())));
        return inside;
    }

    /** Bytes that are taken. */
    public long used() {
        try {
            var store = Files.getFileStore(folder);
            return store.getTotalSpace() - store.getUnallocatedSpace();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        Command.run(List.of("umount", folder.toString()));
        try {
            Files.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
