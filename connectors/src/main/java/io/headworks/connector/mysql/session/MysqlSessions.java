package io.headworks.connector.mysql.session;

import io.headworks.api.secret.Secret;
import io.headworks.connector.server.ServerSettings;
import io.headworks.connector.server.TlsMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.util.constants.ServerStatus;

/**
 * Opens sessions with one connection's settings, all in the same state: UTC, utf8mb4, and an {@code sql_mode} in which a
 * user's own SQL reads as it does in every client of the server, and a value that does not fit is an error.
 */
public final class MysqlSessions {
    private static final Map<String, String> FIXED = Map.ofEntries(
            // those that prove a password without sending it
            Map.entry(
                    "restrictedAuth",
                    "mysql_native_password,client_ed25519,parsec,caching_sha2_password,sha256_password"),
            Map.entry("allowLocalInfile", "false"),
            Map.entry("allowMultiQueries", "false"),
            Map.entry("permitRedirect", "false"),
            Map.entry("createDatabaseIfNotExist", "false"),
            Map.entry("transactionReplay", "false"),
            Map.entry("tcpKeepAlive", "true"),
            Map.entry("tcpKeepIdle", "30"),
            Map.entry("tcpKeepInterval", "5"),
            Map.entry("tcpKeepCount", "5"),
            Map.entry("useBulkStmts", "false"),
            Map.entry("rewriteBatchedStatements", "true"),
            Map.entry("tinyInt1isBit", "false"),
            Map.entry("transformedBitIsBoolean", "false"),
            Map.entry("yearIsDateType", "false"),
            Map.entry("connectionAttributes", "program_name:headworks"));

    private static final List<String> STATE = List.of(
            "SET SESSION time_zone = '+00:00'",
            // a server that refuses to pick any value of a group goes on refusing
            "SET SESSION sql_mode = concat('STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO',"
                    + " if(@@GLOBAL.sql_mode LIKE '%ONLY_FULL_GROUP_BY%', ',ONLY_FULL_GROUP_BY', ''))",
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            // a reader that is busy elsewhere for a while must not lose its rows
            "SET SESSION net_write_timeout = 3600",
            "SET SESSION group_concat_max_len = 1048576");

    static {
        // failures are ours to tell; the driver would write them to the standard streams
        System.setProperty("mariadb.logging.disable", "true");
    }

    private final ServerSettings settings;

    public MysqlSessions(ServerSettings settings) {
        this.settings = settings;
    }

    public ServerSettings settings() {
        return settings;
    }

    /** Closed by the caller. Not in a transaction, and commits by itself. */
    public Connection open() throws SQLException {
        Connection connection = Driver.connect(configuration());
        try (Statement statement = connection.createStatement()) {
            statement.execute("USE " + MysqlSql.name(settings.database()));
            for (String setting : STATE) {
                statement.execute(setting);
            }
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /** Stops the statement that runs; called by another thread. */
    public static void cancelQuery(Connection connection) throws SQLException {
        connection.unwrap(org.mariadb.jdbc.Connection.class).cancelCurrentQuery();
    }

    /** True while a transaction is open: the server says so with every answer. */
    public static boolean inTransaction(Connection connection) throws SQLException {
        int status = connection
                .unwrap(org.mariadb.jdbc.Connection.class)
                .getContext()
                .getServerStatus();
        return (status & ServerStatus.IN_TRANSACTION) != 0;
    }

    /**
     * All that the driver is told; what is a project's own text does not stand in the URL. It never reads a local file for a server, never follows a server's word to another one,
     * never runs a second statement, and connects again by itself never.
     */
    Configuration configuration() throws SQLException {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return Configuration.parse("jdbc:mariadb://" + host + ":" + settings.port() + "/", properties());
    }

    private Properties properties() {
        Secret password = settings.password();
        Path certificate = settings.rootCertificate();
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", password == null ? "" : password.value());
        properties.setProperty("sslMode", sslMode(settings.tls()));
        properties.setProperty("connectTimeout", millis(settings.connectTimeout()));
        properties.setProperty("socketTimeout", millis(settings.readTimeout()));
        properties.setProperty("allowPublicKeyRetrieval", Boolean.toString(settings.isThisMachine()));
        if (certificate != null) {
            properties.setProperty("serverSslCert", certificate.toString());
        }
        FIXED.forEach(properties::setProperty);
        return properties;
    }

    private static String sslMode(TlsMode mode) {
        return mode == TlsMode.REQUIRE ? "trust" : mode.key();
    }

    private static String millis(Duration duration) {
        return Long.toString(Math.max(1_000, duration.toMillis()));
    }
}
