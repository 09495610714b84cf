package io.headworks.connector.jdbc.session;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Setting;
import io.headworks.api.connection.Setting.Kind;
import io.headworks.api.secret.Secret;
import io.headworks.connector.jdbc.dialect.Dialect;
import io.headworks.connector.server.ServerSettings;
import io.headworks.connector.server.SettingReader;
import io.headworks.connector.server.TlsMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a database is reached by a driver of the project's. The driver gets nothing else from a project: no URL, no list of
 * properties.
 *
 * @param driver a jar, or a folder of jars
 * @param hashes SHA-256 of every jar, in small hexadecimal digits
 */
public record JdbcSettings(
        Dialect dialect,
        Path driver,
        List<String> hashes,
        String host,
        int port,
        String database,
        String user,
        @Nullable Secret password,
        TlsMode tls) {
    private static final int HASH_DIGITS = 64;

    public static final ConnectionType TYPE = new ConnectionType(
            "jdbc",
            List.of(),
            "A database of another kind, as source and target, by a JDBC driver that lies in the project.",
            settings());

    public JdbcSettings {
        hashes = List.copyOf(hashes);
    }

    private static List<Setting> settings() {
        List<Setting> own = List.of(
                new Setting("dialect", Kind.CHOICE, true, null, Dialect.keys(), "Which database it is.", "derby"),
                new Setting(
                        "driver",
                        Kind.PATH,
                        true,
                        null,
                        List.of(),
                        "The driver's jar, or a folder with its jars.",
                        "drivers/derby"),
                new Setting(
                        "driver_sha256",
                        Kind.TEXT,
                        true,
                        null,
                        List.of(),
                        "SHA-256 of each jar, in hexadecimal digits, separated by blanks. A jar with another one is not"
                                + " loaded.",
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        List<Setting> server = ServerSettings.all(Dialect.DERBY.address().port()).stream()
                .filter(setting -> List.of("host", "port", "database", "user", "password", "tls")
                        .contains(setting.key()))
                .map(setting -> setting.key().equals("port") ? port(setting) : setting)
                .toList();
        return Stream.concat(own.stream(), server.stream()).toList();
    }

    private static Setting port(Setting setting) {
        return new Setting(
                setting.key(),
                setting.kind(),
                false,
                null,
                List.of(),
                "The server's port. Default: the usual one of the dialect.",
                setting.example());
    }

    /** @throws io.headworks.api.failure.HeadworksException of kind PROJECT for what no server could take */
    public static JdbcSettings of(Connection connection) {
        SettingReader reader = new SettingReader(connection);
        Dialect dialect = Dialect.of(reader.needed("dialect"));
        String host = reader.host();
        String database = reader.needed("database");
        if (!database.matches(dialect.address().database())) {
            throw reader.refused(
                    "database",
                    database,
                    "letters, digits and the signs of " + dialect.address().database());
        }
        return new JdbcSettings(
                dialect,
                connection.path("driver"),
                hashes(reader),
                host,
                reader.port(dialect.address().port()),
                database,
                reader.needed("user"),
                connection.secrets().get("password"),
                tls(connection, reader, dialect, host));
    }

    private static List<String> hashes(SettingReader reader) {
        List<String> hashes = List.of(
                reader.needed("driver_sha256").strip().toLowerCase(Locale.ROOT).split("\\s+"));
        for (String hash : hashes) {
            if (!hash.matches("[0-9a-f]{" + HASH_DIGITS + "}")) {
                throw reader.refused("driver_sha256", hash, "64 hexadecimal digits for each jar");
            }
        }
        return hashes;
    }

    private static TlsMode tls(Connection connection, SettingReader reader, Dialect dialect, String host) {
        String said = connection.setting("tls");
        TlsMode usual = ServerSettings.isLoopback(host) ? TlsMode.DISABLE : TlsMode.VERIFY_FULL;
        TlsMode mode = said == null ? usual : TlsMode.of(said);
        if (!dialect.address().tls().contains(mode)) {
            String can = dialect.address().tls().stream().map(TlsMode::key).collect(Collectors.joining(", "));
            throw reader.refused(
                    "tls", mode.key(), "what the driver of " + dialect.limits().product() + " can: " + can);
        }
        return mode;
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
