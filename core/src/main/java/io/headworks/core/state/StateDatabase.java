package io.headworks.core.state;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The open state file. Thread-safe: one connection, one statement at a time. */
public final class StateDatabase implements AutoCloseable {
    private static final Set<SQLiteErrorCode> DAMAGE = EnumSet.of(
            SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_CORRUPT_INDEX,
            SQLiteErrorCode.SQLITE_CORRUPT_SEQUENCE,
            SQLiteErrorCode.SQLITE_CORRUPT_VTAB,
            SQLiteErrorCode.SQLITE_NOTADB,
            SQLiteErrorCode.SQLITE_FORMAT);

    private final Path file;
    private final Connection connection;

    private StateDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Opens the file, creating or migrating it; a file of the present version costs one read. */
    public static StateDatabase open(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Properties settings = new Properties();
            settings.setProperty("journal_mode", "WAL");
            settings.setProperty("busy_timeout", "10000");
            settings.setProperty("synchronous", "NORMAL");
            settings.setProperty("foreign_keys", "true");
            // The driver manager would load every driver on the class path.
            Connection connection = new JDBC().connect(JDBC.PREFIX + file, settings);
            StateDatabase state = new StateDatabase(file, connection);
            try {
                new Migrations(state).run();
            } catch (RuntimeException unusable) {
                connection.close();
                throw unusable;
            }
            return state;
        } catch (SQLException | IOException failed) {
            throw unusable(file, failed);
        }
    }

    static HeadworksException unusable(Path file, Exception cause) {
        boolean damaged = cause instanceof SQLiteException known && DAMAGE.contains(known.getResultCode());
        return new HeadworksException(
                FailureKind.RESOURCES,
                "Cannot use the state file " + file + ": " + (damaged ? "it is damaged (" : "") + cause.getMessage()
                        + (damaged ? ")" : ""),
                damaged
                        ? "hw state rebuild keeps it aside and makes a new one: positions and slices come back from the"
                                + " targets' ledgers"
                        : "nothing was lost: the targets' ledgers say what was committed",
                cause);
    }

    /**
     * Reads every page.
     *
     * @throws HeadworksException when the file is damaged
     */
    public void requireSound() {
        List<String> found = query("pragma integrity_check(5)", row -> row.getString(1));
        if (!found.equals(List.of("ok"))) {
            throw unusable(file, new SQLiteException(String.join("; ", found), SQLiteErrorCode.SQLITE_CORRUPT));
        }
    }

    public Path file() {
        return file;
    }

    /** Runs a statement; values are String, Integer, Long, Double, Boolean or null. */
    synchronized int update(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException failed) {
            throw unusable(file, failed);
        }
    }

    synchronized <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(mapper.map(result));
                }
            }
            return rows;
        } catch (SQLException failed) {
            throw unusable(file, failed);
        }
    }

    /** All of it or nothing. */
    synchronized void inTransaction(Runnable work) {
        try {
            connection.setAutoCommit(false);
            try {
                work.run();
                connection.commit();
            } catch (RuntimeException failed) {
                connection.rollback();
                throw failed;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException failed) {
            throw unusable(file, failed);
        }
    }

    /** Statements without values, one after the other. */
    synchronized void script(List<String> statements) {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw unusable(file, failed);
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw unusable(file, failed);
        }
    }

    /** Reads one row. */
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }
}
