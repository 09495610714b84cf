package io.headworks.connector.server;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Setting;
import io.headworks.api.connection.Setting.Kind;
import io.headworks.api.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a database of a server is reached. A driver gets nothing else from a project: no URL, no list of properties.
 *
 * @param rootCertificate the authorities to trust; null for those of the Java installation
 * @param readTimeout how long the server may be silent
 */
public record ServerSettings(
        String host,
        int port,
        String database,
        String user,
        @Nullable Secret password,
        TlsMode tls,
        @Nullable Path rootCertificate,
        Duration connectTimeout,
        Duration readTimeout) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "::1");

    /** What a connection may say. */
    public static List<Setting> all(int port) {
        return List.of(
                setting("host", Kind.TEXT, true, null, "The server's name or address.", "db.example.com"),
                setting(
                        "port",
                        Kind.INTEGER,
                        false,
                        Integer.toString(port),
                        "The server's port.",
                        Integer.toString(port)),
                setting("database", Kind.TEXT, true, null, "The database.", "shop"),
                setting("user", Kind.TEXT, true, null, "The user to log in as.", "reader"),
                setting("password", Kind.SECRET, false, null, "The user's password.", "${env:SHOP_PASSWORD}"),
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
                setting("connect_timeout", Kind.DURATION, false, "10s", "How long connecting may take.", "10s"),
                setting(
                        "read_timeout",
                        Kind.DURATION,
                        false,
                        "15m",
                        "How long the server may be silent. One that is gone is noticed within a minute anyway.",
                        "15m"));
    }

    private static Setting setting(
            String key, Kind kind, boolean required, @Nullable String usual, String description, String example) {
        return new Setting(key, kind, required, usual, List.of(), description, example);
    }

    /** @throws io.headworks.api.failure.HeadworksException of kind PROJECT for what no server could take */
    public static ServerSettings of(Connection connection, int usualPort) {
        SettingReader reader = new SettingReader(connection);
        String host = reader.host();
        String tls = connection.setting("tls");
        return new ServerSettings(
                host,
                reader.port(usualPort),
                reader.needed("database"),
                reader.needed("user"),
                connection.secrets().get("password"),
                tls != null ? TlsMode.of(tls) : isLoopback(host) ? TlsMode.DISABLE : TlsMode.VERIFY_FULL,
                connection.setting("tls_root_certificate") == null ? null : connection.path("tls_root_certificate"),
                reader.duration("connect_timeout", Duration.ofSeconds(10)),
                reader.duration("read_timeout", Duration.ofMinutes(15)));
    }

    /** True for names of this machine. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.contains(host) || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /** True where nobody else can listen. */
    public boolean isThisMachine() {
        return isLoopback(host);
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
