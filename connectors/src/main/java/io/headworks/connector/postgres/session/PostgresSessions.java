package io.headworks.connector.postgres.session;

import io.headworks.connector.server.ServerSettings;
import io.headworks.connector.server.TlsMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens sessions with one connection's settings, all in the same state: UTC, exact floats, ISO texts. */
public final class PostgresSessions {
    private final PostgresSettings settings;
    private final ServerSettings server;

    public PostgresSessions(PostgresSettings settings) {
        this.settings = settings;
        this.server = settings.server();
    }

    /** Closed by the caller. Not in a transaction, and commits by itself. */
    public Connection open() throws SQLException {
        Connection connection = new Driver().connect(url(), properties());
        if (connection == null) {
            throw new SQLException("the driver does not take " + settings.place(), "08001");
        }
        try (Statement statement = connection.createStatement()) {
            for (String setting : state()) {
                statement.execute(setting);
            }
            if (settings.schema() != null) {
                statement.execute("SET search_path = " + PostgresSql.name(settings.schema()) + ", public");
            }
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /** Made of checked parts: a host that is one, a port, and a database name with everything special encoded. */
    String url() {
        String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
        String database =
                URLEncoder.encode(server.database(), StandardCharsets.UTF_8).replace("+", "%20");
        return "jdbc:postgresql://" + host + ":" + server.port() + "/" + database;
    }

    /** All that the driver is told; nothing of it is a project's own text but names, which the server judges. */
    Properties properties() {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, server.user());
        // an empty one is sent only when the server asks: without any, the driver would look for a file of passwords
        PGProperty.PASSWORD.set(
                properties, server.password() == null ? "" : server.password().value());
        PGProperty.SSL_MODE.set(properties, server.tls().key());
        if (server.rootCertificate() != null) {
            PGProperty.SSL_ROOT_CERT.set(properties, server.rootCertificate().toString());
        } else if (server.tls() == TlsMode.VERIFY_CA || server.tls() == TlsMode.VERIFY_FULL) {
            PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds(server.connectTimeout()));
        PGProperty.LOGIN_TIMEOUT.set(properties, 2 * seconds(server.connectTimeout()));
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds(server.readTimeout()));
        PGProperty.SOCKET_FACTORY.set(properties, KeptAliveSockets.class.getName());
        PGProperty.APPLICATION_NAME.set(properties, settings.applicationName());
        return properties;
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(Math.max(1, duration.toSeconds()));
    }

    private List<String> state() {
        return List.of(
                "SET TimeZone = 'UTC'",
                "SET DateStyle = 'ISO, YMD'",
                "SET IntervalStyle = 'iso_8601'",
                "SET extra_float_digits = 3",
                "SET bytea_output = 'hex'",
                "SET standard_conforming_strings = on",
                "SET statement_timeout = " + settings.statementTimeout().toMillis());
    }
}
