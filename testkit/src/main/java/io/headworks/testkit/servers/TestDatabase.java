package io.headworks.testkit.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database of a test server, dropped when closed.
 *
 * @param url for the driver, without user and password
 * @param user may do everything in this database
 */
public record TestDatabase(String host, int port, String name, String user, String password, String url, Runnable drop)
        implements AutoCloseable {

    /** Closed by the caller. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Runs statements, each on its own, in one connection. */
    public void run(String... statements) {
        try {
            tryRun(statements);
        } catch (SQLException failed) {
            throw new IllegalStateException("Cannot set up the test database: " + failed.getMessage(), failed);
        }
    }

    void tryRun(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of a query, as texts. */
    public List<@Nullable String> texts(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<@Nullable String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        } catch (SQLException failed) {
            throw new IllegalStateException("Cannot query the test database: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        drop.run();
    }
}
