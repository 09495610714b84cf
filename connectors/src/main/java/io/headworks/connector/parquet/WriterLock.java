package io.headworks.connector.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The operating system's lock on a table: held by at most one writer of all processes, and freed by the system when its
 * process ends, however it ends.
 *
 * <p>POSIX drops a process's locks on a file when the process closes <em>any</em> descriptor of that file. So a process
 * keeps a list of the lock files it holds, and opens none of them a second time.
 */
final class WriterLock implements AutoCloseable {
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private WriterLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock, or answers empty when any process, this one too, has it. The folder must exist. */
    static Optional<WriterLock> tryTake(Path lockFile) throws IOException {
        Path file = Durable.folderOf(lockFile).toRealPath().resolve(String.valueOf(lockFile.getFileName()));
        synchronized (HELD_HERE) {
            if (!HELD_HERE.add(file)) {
                return Optional.empty();
            }
            boolean taken = false;
            try {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel);
                taken = lock != null;
                return taken ? Optional.of(new WriterLock(file, channel)) : Optional.empty();
            } finally {
                if (!taken) {
                    HELD_HERE.remove(file);
                }
            }
        }
    }

    @org.jspecify.annotations.Nullable
    private static FileLock lock(FileChannel channel) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            return lock;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD_HERE) {
            if (channel.isOpen()) {
                channel.close();
                HELD_HERE.remove(file);
            }
        }
    }
}
