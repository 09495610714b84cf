package io.headworks.connector.postgres.source;

import io.headworks.connector.postgres.session.PostgresSessions;
import io.headworks.connector.postgres.session.PostgresSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One state of a database, held by a read-only transaction until it is closed, and lent to further sessions: what they
 * read is what this one sees.
 */
final class Snapshot implements AutoCloseable {
    private static final int OLDEST = 130_000;

    private final PostgresSessions sessions;
    private final Connection holder;
    private final Instant clock;
    private final int version;
    private final @Nullable String exported;

    private Snapshot(
            PostgresSessions sessions, Connection holder, Instant clock, int version, @Nullable String exported) {
        this.sessions = sessions;
        this.holder = holder;
        this.clock = clock;
        this.version = version;
        this.exported = exported;
    }

    static Snapshot take(PostgresSessions sessions) throws SQLException {
        Connection holder = sessions.open();
        try {
            begin(holder);
            int version = Integer.parseInt(text(holder, "SELECT current_setting('server_version_num')"));
            if (version < OLDEST) {
                throw new io.headworks.api.failure.HeadworksException(
                        io.headworks.api.failure.FailureKind.PROJECT,
                        "Cannot read from PostgreSQL " + version / 10_000 + " (allowed: 13 and newer)");
            }
            // the transaction's own start, which is before its snapshot: nothing committed later lies before it
            Instant clock = instant(holder);
            boolean standby = "t".equals(text(holder, "SELECT pg_is_in_recovery()"));
            String exported = standby ? null : text(holder, "SELECT pg_export_snapshot()");
            return new Snapshot(sessions, holder, clock, version, exported);
        } catch (SQLException | RuntimeException failed) {
            holder.close();
            throw failed;
        }
    }

    private static void begin(Connection connection) throws SQLException {
        execute(connection, "SET idle_in_transaction_session_timeout = 0");
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
    }

    /** The session that holds the snapshot. */
    Connection holder() {
        return holder;
    }

    Instant clock() {
        return clock;
    }

    int version() {
        return version;
    }

    /** True when several sessions can read this state side by side. A standby server lends none. */
    boolean isShared() {
        return exported != null;
    }

    /** A session in this state, to be given back by {@link #leave}: a further one where there can be one. */
    Connection join() throws SQLException {
        if (exported == null) {
            return holder;
        }
        Connection connection = sessions.open();
        try {
            begin(connection);
            execute(connection, "SET TRANSACTION SNAPSHOT " + PostgresSql.text(exported));
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    void leave(Connection session) throws SQLException {
        if (session != holder) {
            session.close();
        }
    }

    static @Nullable String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static Instant instant(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT transaction_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
