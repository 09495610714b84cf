package io.headworks.connector.jdbc.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.connector.jdbc.session.JdbcErrors;
import io.headworks.connector.jdbc.session.JdbcSessions;
import io.headworks.connector.jdbc.session.JdbcSettings;
import io.headworks.connector.relational.Database;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetServer;
import io.headworks.connector.server.ServerErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A server that is loaded by JDBC. */
final class JdbcServer implements TargetServer {
    private static final int ANSWER_SECONDS = 10;

    private final JdbcSettings settings;
    private final JdbcSessions sessions;
    private final JdbcErrors errors;
    private final JdbcSpelling spelling;
    private final JdbcDatabase database;

    JdbcServer(JdbcSettings settings, JdbcSpelling spelling) {
        this.settings = settings;
        this.sessions = new JdbcSessions(settings);
        this.errors = new JdbcErrors(settings, FailureKind.TARGET_UNREACHABLE);
        this.spelling = spelling;
        this.database = new JdbcDatabase(spelling, errors);
    }

    @Override
    public String place() {
        return settings.place();
    }

    @Override
    public ServerErrors errors() {
        return errors;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Connection open() throws SQLException {
        return sessions.open();
    }

    /** A driver may take a session for open until it is used. */
    @Override
    public boolean isOpen(Connection session) throws SQLException {
        return !session.isClosed() && session.isValid(ANSWER_SECONDS);
    }

    @Override
    public Worker worker(Statement session) {
        return new FenceHolder();
    }

    @Override
    public void close() {
        sessions.close();
    }

    /**
     * What works for a session has no name in JDBC, but its transaction holds its fence: who writes all of them waits
     * until it has ended, or fails.
     */
    private final class FenceHolder implements Worker {
        @Override
        public String name() {
            return "its last transaction";
        }

        @Override
        public void end(Statement other) throws SQLException {
            Statements sql = new Statements(other.getConnection(), database, "look at " + place());
            if (database.ownTableExists(sql, LedgerTables.FENCE)) {
                other.executeUpdate("UPDATE " + spelling.own(LedgerTables.FENCE) + " SET run_id = run_id");
            }
        }

        @Override
        public boolean isThere(Statement other) {
            return false;
        }
    }
}
