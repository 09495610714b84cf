package io.headworks.connector.postgres.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.load.Load;
import io.headworks.connector.postgres.session.PostgresErrors;
import io.headworks.connector.postgres.session.PostgresSessions;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.connector.relational.Database;
import io.headworks.connector.relational.TargetServer;
import io.headworks.connector.server.ServerErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A PostgreSQL server that is loaded. It ends a session that is left alone within a transaction: a run that died holds
 * nobody up.
 */
final class PostgresServer implements TargetServer {
    private static final List<String> STATE = List.of(
            "SET lock_timeout = '30s'",
            "SET idle_in_transaction_session_timeout = '15min'",
            "SET client_min_messages = warning");

    private final PostgresSettings settings;
    private final PostgresErrors errors;
    private final PostgresSpelling spelling;
    private final KeyStreams keys;
    private final PostgresDatabase database;

    PostgresServer(PostgresSettings settings, PostgresSpelling spelling) {
        this.settings = settings;
        this.errors = new PostgresErrors(settings, FailureKind.TARGET_UNREACHABLE);
        this.spelling = spelling;
        this.keys = new KeyStreams(settings);
        this.database = new PostgresDatabase(spelling, errors, keys);
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
        Connection opened = new PostgresSessions(settings).open();
        try (Statement statement = opened.createStatement()) {
            for (String setting : STATE) {
                statement.execute(setting);
            }
            return opened;
        } catch (SQLException failed) {
            opened.close();
            throw failed;
        }
    }

    @Override
    public void endReads() {
        keys.close();
    }

    @Override
    public Worker worker(Statement session) throws SQLException {
        try (ResultSet row = session.executeQuery(
                "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()")) {
            row.next();
            return new Backend(row.getInt(1), row.getString(2));
        }
    }

    @Override
    public List<String> grants(List<Load> loads) {
        return new Grants(settings.server(), spelling).of(loads);
    }

    /** A process; its number alone may be another's by now. */
    private record Backend(int process, String began) implements Worker {
        @Override
        public String name() {
            return "process " + process + " of the server";
        }

        @Override
        public void end(Statement other) throws SQLException {
            other.execute("SELECT pg_terminate_backend(pid)" + itself());
        }

        @Override
        public boolean isThere(Statement other) throws SQLException {
            try (ResultSet row = other.executeQuery("SELECT count(*), pg_sleep(0.1)" + itself())) {
                row.next();
                return row.getLong(1) > 0;
            }
        }

        private String itself() {
            return " FROM pg_stat_activity WHERE pid = " + process + " AND backend_start = '" + began + "'";
        }
    }
}
