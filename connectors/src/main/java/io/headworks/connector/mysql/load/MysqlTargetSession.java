package io.headworks.connector.mysql.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.mysql.session.MysqlErrors;
import io.headworks.connector.mysql.session.MysqlSessions;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetSession;
import io.headworks.connector.server.ServerSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One session for all that a run does in its target. It waits for another's lock only so long. */
final class MysqlTargetSession implements TargetSession {
    private static final List<String> STATE = List.of(
            "SET SESSION innodb_lock_wait_timeout = 30",
            "SET SESSION lock_wait_timeout = 30",
            "SET SESSION default_storage_engine = InnoDB");
    private static final int NO_SUCH_THREAD = 1094;
    private static final int ATTEMPTS = 600;

    private final ServerSettings settings;
    private final MysqlErrors errors;
    private final MysqlDatabase database;
    private @Nullable Connection connection;
    private long thread;

    MysqlTargetSession(ServerSettings settings, MysqlSpelling spelling) {
        this.settings = settings;
        this.errors = new MysqlErrors(settings, FailureKind.TARGET_UNREACHABLE);
        this.database = new MysqlDatabase(spelling, errors);
    }

    @Override
    public String place() {
        return settings.place();
    }

    @Override
    public Optional<Statements> toRead(String what) {
        return Optional.of(toWrite(what));
    }

    /** A session that the server has ended, as after a lost COMMIT, is replaced by a new one. */
    @Override
    public Statements toWrite(String what) {
        Connection open = errors.translate(what, () -> {
            Connection known = connection;
            if (known == null || known.isClosed()) {
                known = open();
                connection = known;
            }
            return known;
        });
        return new Statements(open, database, what);
    }

    private Connection open() throws SQLException {
        Connection opened = new MysqlSessions(settings).open();
        try (Statement statement = opened.createStatement()) {
            for (String setting : STATE) {
                statement.execute(setting);
            }
            if (thread != 0) {
                outlive(statement);
            }
            thread = number(statement, "SELECT connection_id()");
            return opened;
        } catch (SQLException | RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }

    /**
     * Waits until the server's thread of a session that broke off is gone. Until then its COMMIT may still be under way,
     * and the ledger would say too early that there was none.
     */
    private void outlive(Statement statement) throws SQLException {
        try {
            statement.execute("KILL " + thread);
        } catch (SQLException failed) {
            if (failed.getErrorCode() != NO_SUCH_THREAD) {
                throw failed;
            }
        }
        String alive = "SELECT count(*), sleep(0.1) FROM information_schema.PROCESSLIST WHERE ID = " + thread;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (number(statement, alive) == 0) {
                return;
            }
        }
        throw new HeadworksException(
                FailureKind.TARGET_UNREACHABLE,
                "Cannot tell what became of the last transaction at " + settings.place()
                        + ": the server still works on it",
                "look again when thread " + thread + " of the server has ended");
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            errors.translate("close the session with " + settings.place(), () -> {
                open.close();
                return true;
            });
        }
    }
}
