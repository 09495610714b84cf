package io.headworks.connector.postgres.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.postgres.session.PostgresErrors;
import io.headworks.connector.postgres.session.PostgresSessions;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One session for all that a run does in its target. It waits for another's lock only so long, and the server ends it
 * when it is left alone within a transaction: a run that died holds nobody up.
 */
final class PostgresTargetSession implements TargetSession {
    private static final List<String> STATE = List.of(
            "SET lock_timeout = '30s'",
            "SET idle_in_transaction_session_timeout = '15min'",
            "SET client_min_messages = warning");

    private static final int ATTEMPTS = 600;

    private final PostgresSettings settings;
    private final PostgresErrors errors;
    private final PostgresDatabase database;
    private @Nullable Connection connection;
    private @Nullable Backend backend;

    /** The server's process behind a session; a number alone may be another's by now. */
    private record Backend(int process, String began) {}

    PostgresTargetSession(PostgresSettings settings, PostgresSpelling spelling) {
        this.settings = settings;
        this.errors = new PostgresErrors(settings, FailureKind.TARGET_UNREACHABLE);
        this.database = new PostgresDatabase(spelling, errors);
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
        Connection opened = new PostgresSessions(settings).open();
        try (Statement statement = opened.createStatement()) {
            for (String setting : STATE) {
                statement.execute(setting);
            }
            Backend lost = backend;
            if (lost != null) {
                outlive(lost, statement);
            }
            try (ResultSet row = statement.executeQuery(
                    "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()")) {
                row.next();
                backend = new Backend(row.getInt(1), row.getString(2));
            }
            return opened;
        } catch (SQLException | RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }

    /**
     * Waits until the process of a session that broke off is gone. Until then its COMMIT may still be under way, and the
     * ledger would say too early that there was none.
     */
    private void outlive(Backend lost, Statement statement) throws SQLException {
        String itself =
                " FROM pg_stat_activity WHERE pid = " + lost.process() + " AND backend_start = '" + lost.began() + "'";
        statement.execute("SELECT pg_terminate_backend(pid)" + itself);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ResultSet row = statement.executeQuery("SELECT count(*), pg_sleep(0.1)" + itself)) {
                row.next();
                if (row.getLong(1) == 0) {
                    return;
                }
            }
        }
        throw new HeadworksException(
                FailureKind.TARGET_UNREACHABLE,
                "Cannot tell what became of the last transaction at " + settings.place()
                        + ": the server still works on it",
                "look again when process " + lost.process() + " of the server has ended");
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
