package io.headworks.connector.postgres.source;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.postgres.session.PostgresSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One state of a database, held by a read-only transaction until it is closed, and lent to further sessions: what they
 * read is what this one sees.
 */
final class Snapshot implements AutoCloseable {
    private static final int OLDEST = 130_000;
    private static final String CONNECTION_LOST = "08006";

    /** Undefined object, or invalid parameter value in older servers. */
    private static final Set<String> UNKNOWN_SNAPSHOT = Set.of("42704", "22023");

    /** The transaction's own start is before its snapshot: nothing committed later lies before it. A standby lends none. */
    private static final String BEGUN = "SELECT current_setting('server_version_num')::int, transaction_timestamp(),"
            + " CASE WHEN NOT pg_is_in_recovery() THEN pg_export_snapshot() END";

    private final SpareSessions sessions;
    private final Connection holder;
    private final Instant clock;
    private final int version;
    private final @Nullable String exported;

    private Snapshot(SpareSessions sessions, Connection holder, Instant clock, int version, @Nullable String exported) {
        this.sessions = sessions;
        this.holder = holder;
        this.clock = clock;
        this.version = version;
        this.exported = exported;
    }

    static Snapshot take(SpareSessions sessions) throws SQLException {
        Connection holder = sessions.open();
        try (Statement statement = holder.createStatement();
                ResultSet row = statement.executeQuery(BEGUN)) {
            row.next();
            int version = row.getInt(1);
            if (version < OLDEST) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read from PostgreSQL " + version / 10_000 + " (allowed: 13 and newer)");
            }
            Instant clock = row.getObject(2, OffsetDateTime.class).toInstant();
            return new Snapshot(sessions, holder, clock, version, row.getString(3));
        } catch (SQLException | RuntimeException failed) {
            holder.close();
            throw failed;
        }
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

    /** A session in this state, to be given back by {@link #leave} or {@link #done}: a further one where there can be one. */
    Connection join() throws SQLException {
        if (exported == null) {
            return holder;
        }
        Connection connection = sessions.open();
        try {
            enter(connection, exported);
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /**
     * A snapshot goes with the session that holds it. Who waits to alter a table that the holder has looked at lets nobody
     * else in, and would wait for ever for us: the further session gives up soon.
     */
    private static void enter(Connection connection, String exported) throws SQLException {
        try {
            execute(
                    connection,
                    "SET TRANSACTION SNAPSHOT " + PostgresSql.text(exported) + "; SET LOCAL lock_timeout = '5s'");
        } catch (SQLException failed) {
            if (UNKNOWN_SNAPSHOT.contains(String.valueOf(failed.getSQLState()))) {
                throw new SQLException(
                        "the session that held the snapshot was cut: " + failed.getMessage(), CONNECTION_LOST, failed);
            }
            throw failed;
        }
    }

    /** Closes it, whatever it is in the middle of. */
    void leave(Connection session) throws SQLException {
        if (session != holder) {
            session.close();
        }
    }

    /** The session has read to an end, and others may use it. */
    void done(Connection session) throws SQLException {
        if (session != holder) {
            sessions.giveBack(session);
        }
    }

    /** Ends the state; its session is there for another. */
    void end() throws SQLException {
        sessions.giveBack(holder);
    }

    static @Nullable String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
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
