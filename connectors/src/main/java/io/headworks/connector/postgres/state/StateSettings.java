package io.headworks.connector.postgres.state;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Setting;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.connector.server.ServerSettings;
import io.headworks.connector.server.SettingReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code state: {type: postgresql}} says: a connection, with a schema of its own and less patience. */
public final class StateSettings {
    private static final String SCHEMA = "schema";
    private static final String USUAL_SCHEMA = "headworks_state";
    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final Set<String> OF_CONNECTIONS = Set.of("statement_timeout", "application_name", "read_timeout");

    private StateSettings() {}

    /** Asked for at each start: knows no driver. */
    public static ConnectionType type() {
        return new ConnectionType(
                "postgresql",
                List.of("postgres"),
                "The state in a schema of a PostgreSQL database, 13 or newer, which several machines may share.",
                PostgresSettings.all().stream()
                        .filter(setting -> !OF_CONNECTIONS.contains(setting.key()))
                        .map(setting -> setting.key().equals(SCHEMA) ? schema() : setting)
                        .toList());
    }

    private static Setting schema() {
        return new Setting(
                SCHEMA,
                Setting.Kind.TEXT,
                false,
                USUAL_SCHEMA,
                List.of(),
                "The schema, which is made if it is missing and the user may; each project has one of its own.",
                USUAL_SCHEMA);
    }

    static String schema(Connection connection) {
        return connection.setting(SCHEMA) == null ? USUAL_SCHEMA : new SettingReader(connection).needed(SCHEMA);
    }

    /** Nothing here takes long; a server that is silent is gone. */
    static PostgresSettings of(Connection connection) {
        Map<String, String> settings = new LinkedHashMap<>(connection.settings());
        settings.remove(SCHEMA);
        PostgresSettings read = PostgresSettings.of(
                new Connection("state", connection.type(), connection.projectFolder(), settings, connection.secrets()));
        ServerSettings server = read.server();
        return new PostgresSettings(
                new ServerSettings(
                        server.host(),
                        server.port(),
                        server.database(),
                        server.user(),
                        server.password(),
                        server.tls(),
                        server.rootCertificate(),
                        server.connectTimeout(),
                        SILENCE),
                null,
                SILENCE,
                "headworks state");
    }
}
