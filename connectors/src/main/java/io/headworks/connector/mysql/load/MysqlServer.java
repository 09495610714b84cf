package io.headworks.connector.mysql.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.connector.mysql.session.MysqlErrors;
import io.headworks.connector.mysql.session.MysqlSessions;
import io.headworks.connector.relational.Database;
import io.headworks.connector.relational.TargetServer;
import io.headworks.connector.server.ServerErrors;
import io.headworks.connector.server.ServerSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A MySQL server that is loaded. */
final class MysqlServer implements TargetServer {
    private static final List<String> STATE = List.of(
            "SET SESSION innodb_lock_wait_timeout = 30",
            "SET SESSION lock_wait_timeout = 30",
            "SET SESSION default_storage_engine = InnoDB");

    private final ServerSettings settings;
    private final MysqlErrors errors;
    private final MysqlDatabase database;

    MysqlServer(ServerSettings settings, MysqlSpelling spelling) {
        this.settings = settings;
        this.errors = new MysqlErrors(settings, FailureKind.TARGET_UNREACHABLE);
        this.database = new MysqlDatabase(spelling, errors);
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
        Connection opened = new MysqlSessions(settings).open();
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
    public Worker worker(Statement session) throws SQLException {
        return new ServerThread(number(session, "SELECT connection_id()"));
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private record ServerThread(long id) implements Worker {
        private static final int NO_SUCH_THREAD = 1094;

        @Override
        public String name() {
            return "thread " + id + " of the server";
        }

        @Override
        public void end(Statement other) throws SQLException {
            try {
                other.execute("KILL " + id);
            } catch (SQLException failed) {
                if (failed.getErrorCode() != NO_SUCH_THREAD) {
                    throw failed;
                }
            }
        }

        @Override
        public boolean isThere(Statement other) throws SQLException {
            return number(other, "SELECT count(*), sleep(0.1) FROM information_schema.PROCESSLIST WHERE ID = " + id)
                    > 0;
        }
    }
}
