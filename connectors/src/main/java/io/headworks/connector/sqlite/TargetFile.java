package io.headworks.connector.sqlite;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.lock.WriterLock;
import io.headworks.connector.relational.Database;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file of a target: opened read-only when it is first looked at, for writing when a fence is taken. From then on a
 * lock on {@code FILE.headworks-lock} keeps other writers of ours out, until this is closed or the process ends.
 */
final class TargetFile implements TargetSession {
    private final Database database = new SqliteDatabase();
    private final Path path;
    private final Path lockFile;
    private @Nullable Connection reading;
    private @Nullable Connection writing;
    private @Nullable WriterLock lock;

    TargetFile(Path path) {
        this.path = path;
        this.lockFile = path.resolveSibling(path.getFileName() + ".headworks-lock");
    }

    @Override
    public String place() {
        return path.toString();
    }

    @Override
    public Optional<Statements> toRead(String what) {
        if (writing != null) {
            return Optional.of(new Statements(writing, database, what));
        } else if (reading == null && !Files.exists(path)) {
            return Optional.empty();
        }
        return SqliteErrors.translate(what, FailureKind.TARGET_UNREACHABLE, () -> {
            if (reading == null) {
                reading = SqliteFile.toRead(path);
            }
            return Optional.of(new Statements(reading, database, what));
        });
    }

    @Override
    public Statements toWrite(String what) {
        if (writing == null) {
            lock();
            writing = SqliteErrors.translate(what, FailureKind.TARGET_UNREACHABLE, () -> {
                Connection connection = SqliteFile.toWrite(path);
                SortableNumber.register(connection);
                return connection;
            });
            closed(reading);
            reading = null;
        }
        return new Statements(writing, database, what);
    }

    private void lock() {
        try {
            Path folder = lockFile.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Optional<WriterLock> taken = WriterLock.tryTake(lockFile);
            if (taken.isEmpty()) {
                throw new HeadworksException(
                        FailureKind.HELD,
                        "Cannot write to " + path + ": another run holds it" + WriterLock.holder(lockFile),
                        "wait for it, or stop it");
            }
            lock = taken.get();
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.TARGET_UNREACHABLE, "Cannot lock " + path + ": " + failed.getMessage(), null, failed);
        }
    }

    /**
     * A writer of ours that was killed leaves rows it committed in SQLite's log beside the file. Readers find them there;
     * a person who copies the file does not. Closing a connection that may write moves them home.
     */
    private void bringLogHome() {
        Path log = path.resolveSibling(path.getFileName() + "-wal");
        if (!Files.exists(log) || !Files.exists(lockFile) || !Files.isWritable(path)) {
            return;
        }
        SqliteErrors.translate("read " + path, FailureKind.TARGET_UNREACHABLE, () -> {
            try (WriterLock free = WriterLock.tryTake(lockFile).orElse(null)) {
                if (free != null) {
                    SqliteFile.toWrite(path).close();
                }
            } catch (IOException failed) {
                throw new SQLException("its lock cannot be taken: " + failed.getMessage(), failed);
            }
            return true;
        });
    }

    private void closed(@Nullable Connection connection) {
        if (connection != null) {
            SqliteErrors.translate("close " + path, FailureKind.TARGET_UNREACHABLE, () -> {
                connection.close();
                return true;
            });
        }
    }

    @Override
    public void close() {
        Connection reader = reading;
        Connection writer = writing;
        WriterLock held = lock;
        reading = null;
        writing = null;
        lock = null;
        try {
            closed(reader);
            closed(writer);
            if (reader != null && writer == null) {
                bringLogHome();
            }
        } finally {
            release(held);
        }
    }

    private void release(@Nullable WriterLock held) {
        if (held != null) {
            try {
                held.close();
            } catch (IOException failed) {
                throw new HeadworksException(
                        FailureKind.TARGET_UNREACHABLE,
                        "Cannot unlock " + path + ": " + failed.getMessage(),
                        null,
                        failed);
            }
        }
    }
}
