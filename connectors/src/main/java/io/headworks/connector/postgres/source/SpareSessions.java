package io.headworks.connector.postgres.source;

import io.headworks.connector.postgres.session.PostgresSessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Sessions to read with, each about to begin a transaction. Those that were given back are used again: opening one costs a
 * server a process, and both sides the proof of a password. Thread-safe.
 */
final class SpareSessions implements AutoCloseable {
    private static final int ANSWER_SECONDS = 5;

    private final PostgresSessions sessions;
    private final Deque<Connection> spare = new ConcurrentLinkedDeque<>();

    SpareSessions(PostgresSessions sessions) {
        this.sessions = sessions;
    }

    Connection open() throws SQLException {
        for (Connection known = spare.poll(); known != null; known = spare.poll()) {
            if (known.isValid(ANSWER_SECONDS)) {
                return known;
            }
            known.close();
        }
        Connection opened = sessions.open();
        try {
            begin(opened);
            return opened;
        } catch (SQLException failed) {
            opened.close();
            throw failed;
        }
    }

    private static void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // a scan that is read again begins where it began before
            statement.execute("SET idle_in_transaction_session_timeout = 0; SET synchronize_seqscans = off");
        }
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
    }

    /** Ends its transaction, with all that was set in it; one that cannot do that is closed. */
    void giveBack(Connection session) throws SQLException {
        try {
            session.rollback();
            spare.push(session);
        } catch (SQLException broken) {
            session.close();
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection known = spare.poll(); known != null; known = spare.poll()) {
            known.close();
        }
    }
}
