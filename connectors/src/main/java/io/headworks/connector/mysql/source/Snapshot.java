package io.headworks.connector.mysql.source;

import io.headworks.connector.mysql.session.MysqlSessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * One state of a database, held by a read-only transaction until it is closed. A server shares no snapshot, so that all is
 * read by the one session, one result after the other.
 */
final class Snapshot implements AutoCloseable {
    /** Rows fetched ahead; with any number the driver hands them over as they come, and holds no result as a whole. */
    private static final int FETCHED = 128;

    private final Connection connection;
    private final Instant clock;
    private boolean cut;

    private Snapshot(Connection connection, Instant clock) {
        this.connection = connection;
        this.clock = clock;
    }

    static Snapshot take(MysqlSessions sessions) throws SQLException {
        Connection connection = sessions.open();
        try (Statement statement = connection.createStatement()) {
            // before the snapshot: nothing committed later lies before it
            String now = text(connection, "SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)");
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            Instant clock =
                    LocalDateTime.parse(String.valueOf(now).replace(' ', 'T')).toInstant(ZoneOffset.UTC);
            return new Snapshot(connection, clock);
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    /** @throws SQLException when a reading of it was broken off, which ended the session */
    Connection connection() throws SQLException {
        if (cut) {
            throw new SQLException("a reading of this snapshot was broken off before its end", "08003");
        }
        return connection;
    }

    Instant clock() {
        return clock;
    }

    /** Closed by the caller, with its statement. */
    ResultSet stream(String select) throws SQLException {
        Statement statement = connection().createStatement();
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

    /** Ends a reading. One that is broken off takes the session along: else the driver would read all that is left. */
    void end(ResultSet result, boolean whole) throws SQLException {
        if (whole) {
            result.close();
        } else {
            cut = true;
            connection.abort(Runnable::run);
        }
    }

    static @Nullable String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(query)) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        if (!cut) {
            connection.close();
        }
    }
}
