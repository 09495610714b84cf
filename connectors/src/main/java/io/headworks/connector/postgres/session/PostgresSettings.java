package io.headworks.connector.postgres.session;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Setting;
import io.headworks.api.connection.Setting.Kind;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection to PostgreSQL.
 *
 * @param rootCertificate the authorities to trust; null for those of the Java installation
 * @param schema where tables without a schema are looked for; null for the search path of the user
 * @param statementTimeout zero for none
 * @param readTimeout how long the server may be silent
 */
public record PostgresSettings(
        String host,
        int port,
        String database,
        String user,
        @Nullable Secret password,
        TlsMode tls,
        @Nullable Path rootCertificate,
        @Nullable String schema,
        Duration connectTimeout,
        Duration statementTimeout,
        Duration readTimeout,
        String applicationName) {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Set<String> LOOPBACK = Set.of("localhost", "::1");
    private static final Map<Character, Long> SECONDS =
            Map.of('s', 1L, 'm', 60L, 'h', 3_600L, 'd', 86_400L, 'w', 604_800L);

    /** What a connection may say; the driver gets nothing else from a project. */
    public static List<Setting> all() {
        return List.of(
                setting("host", Kind.TEXT, true, null, "The server's name or address.", "db.example.com"),
                setting("port", Kind.INTEGER, false, "5432", "The server's port.", "5432"),
                setting("database", Kind.TEXT, true, null, "The database.", "shop"),
                setting("user", Kind.TEXT, true, null, "The role to log in as.", "reader"),
                setting("password", Kind.SECRET, false, null, "Its password.", "${env:SHOP_PASSWORD}"),
                new Setting(
                        "tls",
                        Kind.CHOICE,
                        false,
                        null,
                        TlsMode.keys(),
                        "How the server is verified. Default: verify-full, and disable for a host that is this machine.",
                        "verify-full"),
                setting(
                        "tls_root_certificate",
                        Kind.PATH,
                        false,
                        null,
                        "PEM file of the authorities to trust. Default: those of the Java installation.",
                        "certificates/ca.pem"),
                setting(
                        "schema",
                        Kind.TEXT,
                        false,
                        null,
                        "Where tables without a schema are looked for. Default: the search path of the user.",
                        "public"),
                setting("connect_timeout", Kind.DURATION, false, "10s", "How long connecting may take.", "10s"),
                setting(
                        "statement_timeout",
                        Kind.DURATION,
                        false,
                        null,
                        "How long one statement may run, which the server holds. Default: as long as the run may.",
                        "2h"),
                setting(
                        "read_timeout",
                        Kind.DURATION,
                        false,
                        "15m",
                        "How long the server may be silent. One that is gone is noticed within a minute anyway.",
                        "15m"),
                setting(
                        "application_name",
                        Kind.TEXT,
                        false,
                        "headworks",
                        "The name under which the server lists our sessions.",
                        "headworks"));
    }

    private static Setting setting(
            String key, Kind kind, boolean required, @Nullable String usual, String description, String example) {
        return new Setting(key, kind, required, usual, List.of(), description, example);
    }

    /**
     * Reads the settings of a connection.
     *
     * @throws HeadworksException of kind PROJECT for a text that is no host name, or that no server could take
     */
    public static PostgresSettings of(Connection connection) {
        String host = needed(connection, "host");
        if (!HOST.matcher(host).matches()) {
            throw refused(connection, "host", host, "a host name or an IP address, without port or path");
        }
        String certificate = connection.setting("tls_root_certificate");
        String tls = connection.setting("tls");
        return new PostgresSettings(
                host,
                port(connection),
                needed(connection, "database"),
                needed(connection, "user"),
                connection.secrets().get("password"),
                tls != null ? TlsMode.of(tls) : isLoopback(host) ? TlsMode.DISABLE : TlsMode.VERIFY_FULL,
                certificate == null ? null : connection.path("tls_root_certificate"),
                connection.setting("schema") == null ? null : needed(connection, "schema"),
                duration(connection, "connect_timeout", Duration.ofSeconds(10)),
                duration(connection, "statement_timeout", Duration.ZERO),
                duration(connection, "read_timeout", Duration.ofMinutes(15)),
                connection.setting("application_name") == null ? "headworks" : needed(connection, "application_name"));
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.contains(host) || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    private static int port(Connection connection) {
        String text = connection.setting("port");
        int port = text == null ? 5432 : text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw refused(connection, "port", String.valueOf(text), "1 to 65535");
        }
        return port;
    }

    /** The protocol ends every text with a zero byte; what would stand behind one would be read as something else. */
    private static String needed(Connection connection, String key) {
        String text = connection.setting(key);
        if (text == null || text.isBlank()) {
            throw refused(connection, key, "", "a text that is not empty");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw refused(connection, key, text.replaceAll("\\p{Cntrl}", "?"), "no control characters");
        }
        return text;
    }

    private static Duration duration(Connection connection, String key, Duration usual) {
        String text = connection.setting(key);
        if (text == null) {
            return usual;
        }
        Long unit = SECONDS.get(text.charAt(text.length() - 1));
        String number = text.substring(0, text.length() - 1);
        if (unit == null || !number.matches("\\d{1,6}")) {
            throw refused(connection, key, text, "a whole number and s, m, h, d or w, as 30s");
        }
        return Duration.ofSeconds(Long.parseLong(number) * unit);
    }

    private static HeadworksException refused(Connection connection, String key, String value, String allowed) {
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot use connection " + connection.name() + ": " + key + " '" + value + "' (allowed: " + allowed
                        + ")");
    }

    /** For messages: where it leads, without any secret. */
    public String place() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
        return user + "@" + place();
    }
}
