package io.headworks.connector.jdbc.source;

import io.headworks.connector.jdbc.dialect.Dialect;
import io.headworks.connector.jdbc.session.JdbcSessions;
import io.headworks.connector.result.UnfitValue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One state of a database, held by a serializable transaction until it is closed. Where the database keeps no versions of
 * rows, what was read is locked until then: writers wait, and nothing that is read belongs to another state.
 */
final class Snapshot implements AutoCloseable {
    /** Rows fetched ahead; the drivers hold no result as a whole. */
    private static final int FETCHED = 512;

    private final Connection connection;
    private final Instant clock;

    private Snapshot(Connection connection, Instant clock) {
        this.connection = connection;
        this.clock = clock;
    }

    static Snapshot take(JdbcSessions sessions) throws SQLException {
        Connection connection = sessions.open();
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            // before anything is read: nothing committed later lies before it
            return new Snapshot(connection, clock(connection, sessions.dialect()));
        } catch (SQLException | RuntimeException failed) {
            end(connection);
            throw failed;
        }
    }

    /** As the database's own times without a zone have it. */
    private static Instant clock(Connection connection, Dialect dialect) throws SQLException {
        String text = text(connection, dialect.forms().clock());
        try {
            return Instant.EPOCH.plus(ClockText.timestamp(String.valueOf(text), 9) / 1_000, ChronoUnit.MICROS);
        } catch (UnfitValue unfit) {
            throw new SQLException("the server's clock '" + text + "' " + unfit.getMessage(), unfit);
        }
    }

    Connection connection() {
        return connection;
    }

    Instant clock() {
        return clock;
    }

    /** Closed by the caller, with its statement. */
    ResultSet stream(String select) throws SQLException {
        Statement statement = connection.createStatement();
        try {
            statement.setEscapeProcessing(false);
            statement.setFetchSize(FETCHED);
            statement.closeOnCompletion();
            return statement.executeQuery(select);
        } catch (SQLException failed) {
            statement.close();
            throw failed;
        }
    }

    static @Nullable String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** Some drivers close no session within a transaction. */
    private static void end(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            connection.rollback();
            connection.close();
        }
    }

    @Override
    public void close() throws SQLException {
        end(connection);
    }
}
