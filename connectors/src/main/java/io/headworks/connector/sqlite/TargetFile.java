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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file of a target: opened read-only when it is first looked at, for writing when a fence is taken. From then on a
 * lock on {@code FILE.headworks-lock} keeps other writers of ours out, until this is closed or the process ends.
 */
final class TargetFile implements TargetSession {
    private final Database database = new SqliteDatabase();
    private final Path path;
    private @Nullable Connection reading;
    private @Nullable Connection writing;
    private @Nullable WriterLock lock;

    TargetFile(Path path) {
        this.path = path;
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
        Path file = path.resolveSibling(path.getFileName() + ".headworks-lock");
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Optional<WriterLock> taken = WriterLock.tryTake(file);
            if (taken.isEmpty()) {
                throw new HeadworksException(
                        FailureKind.HELD,
                        "Cannot write to " + path + ": another run holds it" + WriterLock.holder(file),
                        "wait for it, or stop it");
            }
            lock = taken.get();
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.TARGET_UNREACHABLE, "Cannot lock " + path + ": " + failed.getMessage(), null, failed);
        }
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
