package io.headworks.connector.sqlite;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** SQLite's failures as sentences. */
final class SqliteErrors {
    private SqliteErrors() {}

    /**
     * Runs something on a connection.
     *
     * @param what reads "read orders"
     * @param unreachable the kind for a file that cannot be opened or read
     */
    static <T> T translate(String what, FailureKind unreachable, Work<T> work) {
        try {
            return work.run();
        } catch (SQLException failed) {
            throw of(what, unreachable, failed);
        }
    }

    static HeadworksException of(String what, FailureKind unreachable, SQLException failed) {
        int primary = failed.getErrorCode() & 0xFF;
        FailureKind kind = FailureKind.RUN;
        if (primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
            kind = FailureKind.HELD;
        } else if (primary == SQLiteErrorCode.SQLITE_FULL.code || primary == SQLiteErrorCode.SQLITE_NOMEM.code) {
            kind = FailureKind.RESOURCES;
        } else if (primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || primary == SQLiteErrorCode.SQLITE_NOTADB.code
                || primary == SQLiteErrorCode.SQLITE_CORRUPT.code
                || primary == SQLiteErrorCode.SQLITE_READONLY.code
                || primary == SQLiteErrorCode.SQLITE_IOERR.code) {
            kind = unreachable;
        }
        return new HeadworksException(kind, "Cannot " + what + ": " + failed.getMessage(), null, failed);
    }

    /** Work on a connection. */
    interface Work<T> {
        T run() throws SQLException;
    }
}
