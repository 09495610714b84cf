package io.headworks.connector.lock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's lock on a lock file: held by at most one writer of all processes, and freed by the system when its
 * process ends, however it ends.
 *
 * <p>POSIX drops a process's locks on a file when the process closes <em>any</em> descriptor of that file. So a process
 * keeps a list of the lock files it holds, and opens none of them a second time.
 */
public final class WriterLock implements AutoCloseable {
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private WriterLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock, or answers empty when any process, this one too, has it. The folder must exist; the file is made. */
    public static Optional<WriterLock> tryTake(Path lockFile) throws IOException {
        Path file = folderOf(lockFile).toRealPath().resolve(String.valueOf(lockFile.getFileName()));
        synchronized (HELD_HERE) {
            if (!HELD_HERE.add(file)) {
                return Optional.empty();
            }
            boolean taken = false;
            try {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel);
                taken = lock != null;
                if (taken) {
                    write(channel);
                }
                return taken ? Optional.of(new WriterLock(file, channel)) : Optional.empty();
            } finally {
                if (!taken) {
                    HELD_HERE.remove(file);
                }
            }
        }
    }

    private static void write(FileChannel channel) throws IOException {
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid), 0);
    }

    /** {@code " (process 123)"} for a lock that could not be taken; empty when the holder is not to be found out. */
    public static String holder(Path lockFile) throws IOException {
        Path file = folderOf(lockFile).toRealPath().resolve(String.valueOf(lockFile.getFileName()));
        synchronized (HELD_HERE) {
            String pid = HELD_HERE.contains(file)
                    ? Long.toString(ProcessHandle.current().pid())
                    : Files.readString(file).strip();
            return pid.isEmpty() ? "" : " (process " + pid + ")";
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
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
