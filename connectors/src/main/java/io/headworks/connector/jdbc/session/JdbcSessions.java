package io.headworks.connector.jdbc.session;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.secret.Secret;
import io.headworks.connector.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Opens sessions of one connection, all with the same state. */
public final class JdbcSessions implements AutoCloseable {
    private static final long CONNECT_SECONDS = 20;

    private final JdbcSettings settings;
    private @Nullable DriverJars jars;

    public JdbcSessions(JdbcSettings settings) {
        this.settings = settings;
    }

    public Dialect dialect() {
        return settings.dialect();
    }

    /** Closed by the caller. Not in a transaction, commits by itself, and sees what is committed. */
    public Connection open() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            for (String setting : dialect().forms().sessionState()) {
                statement.execute(setting);
            }
            connection.setAutoCommit(true);
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    private Connection connect() throws SQLException {
        DriverJars known = jars == null ? DriverJars.load(settings.driver(), settings.hashes()) : jars;
        jars = known;
        Driver driver = known.driver(dialect().address().driver(), settings.driver());
        String url = dialect().forms().url(settings.host(), settings.port(), settings.database(), settings.tls());
        Connection connection = inTime(() -> driver.connect(url, properties()));
        if (connection == null) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot connect to " + settings.place() + ": the driver does not know " + url);
        }
        return connection;
    }

    private interface Connecting {
        @Nullable
        Connection connect() throws SQLException;
    }

    /** These drivers wait for a server that does not answer as long as the operating system does. */
    private static @Nullable Connection inTime(Connecting connecting) throws SQLException {
        FutureTask<@Nullable Connection> task = new FutureTask<>(connecting::connect);
        Thread thread = new Thread(task, "jdbc-connect");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            thread.interrupt();
            throw new SQLException("the server does not answer within " + CONNECT_SECONDS + " seconds", "08001", late);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new SQLException("connecting was interrupted", "08001", cancelled);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new SQLException(String.valueOf(failed.getCause()), "08001", failed);
        }
    }

    private Properties properties() {
        Secret password = settings.password();
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", password == null ? "" : password.value());
        dialect().forms().properties(settings.tls()).forEach(properties::setProperty);
        return properties;
    }

    @Override
    public void close() {
        DriverJars loaded = jars;
        jars = null;
        if (loaded != null) {
            loaded.close();
        }
    }
}
