package io.headworks.connector.postgres.session;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens sessions with one connection's settings, all in the same state: UTC, exact floats, ISO texts. */
public final class PostgresSessions {
    private final PostgresSettings settings;

    public PostgresSessions(PostgresSettings settings) {
        this.settings = settings;
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
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        String database =
                URLEncoder.encode(settings.database(), StandardCharsets.UTF_8).replace("+", "%20");
        return "jdbc:postgresql://" + host + ":" + settings.port() + "/" + database;
    }

    /** All that the driver is told; nothing of it is a project's own text but names, which the server judges. */
    Properties properties() {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, settings.user());
        // an empty one is sent only when the server asks: without any, the driver would look for a file of passwords
        PGProperty.PASSWORD.set(
                properties,
                settings.password() == null ? "" : settings.password().value());
        PGProperty.SSL_MODE.set(properties, settings.tls().key());
        if (settings.rootCertificate() != null) {
            PGProperty.SSL_ROOT_CERT.set(properties, settings.rootCertificate().toString());
        } else if (settings.tls() == TlsMode.VERIFY_CA || settings.tls() == TlsMode.VERIFY_FULL) {
            PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds(settings.connectTimeout()));
        PGProperty.LOGIN_TIMEOUT.set(properties, 2 * seconds(settings.connectTimeout()));
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds(settings.readTimeout()));
        PGProperty.SOCKET_FACTORY.set(properties, KeptAliveSockets.class.getName());
        PGProperty.APPLICATION_NAME.set(properties, settings.applicationName());
        return properties;
    }

    private static int seconds(java.time.Duration duration) {
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
