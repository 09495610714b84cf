package io.headworks.duckdb.target;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.engine.Looks;
import io.headworks.duckdb.sql.SqlRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The database file of a target: opened for reading when first looked at, for writing when the fence is taken. */
final class TargetFile implements AutoCloseable {
    private final DuckDbSession session;
    private final Path path;
    private final String wantedName;
    private @Nullable String readCatalog;
    private @Nullable String writeCatalog;

    TargetFile(DuckDbSession session, Path path, String wantedName) {
        this.session = session;
        this.path = path;
        this.wantedName = wantedName;
    }

    Path path() {
        return path;
    }

    Looks looks() {
        return session.looks(path);
    }

    SqlRunner sql() {
        return session.sql();
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** The catalog to read from, or null when the file does not exist: looking never creates it. */
    @Nullable
    String toRead() {
        if (writeCatalog != null) {
            return writeCatalog;
        }
        if (readCatalog == null && exists()) {
            bringLogHome();
            readCatalog = attach(true);
        }
        return readCatalog;
    }

    /**
     * A writer that was killed leaves rows it committed in the engine's log beside the file. Readers find them there; a
     * person who copies the file does not. Opening it for writing and closing it moves them home.
     */
    private void bringLogHome() {
        Path log = path.resolveSibling(path.getFileName() + ".wal");
        if (!Files.exists(log) || !Files.isWritable(path) || !Files.isWritable(folder())) {
            return;
        }
        try {
            translated(() -> {
                session.settle(path, wantedName);
                return path;
            });
        } catch (HeadworksException failure) {
            if (failure.kind() != FailureKind.HELD) {
                throw failure;
            }
            // whoever reads it now finds the rows in the log, and so do we
        }
    }

    private Path folder() {
        Path folder = path.toAbsolutePath().getParent();
        return folder == null ? path.toAbsolutePath() : folder;
    }

    /** The catalog to write to; creates the file and its folder where they are missing. */
    String toWrite() {
        if (writeCatalog == null) {
            createFolder();
            writeCatalog = attach(false);
            looks().writes();
        }
        return writeCatalog;
    }

    private String attach(boolean readOnly) {
        return translated(() -> session.attach(path, wantedName, readOnly));
    }

    private <T> T translated(Supplier<T> open) {
        try {
            return open.get();
        } catch (HeadworksException failure) {
            Throwable cause = failure.getCause();
            if (failure.kind() != FailureKind.RUN || cause == null) {
                throw failure;
            }
            throw new HeadworksException(
                    FailureKind.TARGET_UNREACHABLE,
                    "Cannot open " + path + ": " + cause.getMessage(),
                    "the connection's path must name a DuckDB database, or a file that is not there yet",
                    failure);
        }
    }

    /** The catalog that is written; the fence must have been taken. */
    String written() {
        if (writeCatalog == null) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot write to " + path + ": the fence was not taken through this target");
        }
        return writeCatalog;
    }

    private void createFolder() {
        Path folder = folder();
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.TARGET_UNREACHABLE,
                    "Cannot create folder " + folder + ": " + failed.getMessage(),
                    null,
                    failed);
        }
    }

    @Override
    public void close() {
        if (readCatalog != null) {
            readCatalog = null;
            session.leave(path);
        }
        if (writeCatalog != null) {
            writeCatalog = null;
            looks().written();
            session.leave(path);
        }
    }
}
