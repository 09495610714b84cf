package io.headworks.connector.postgres.session;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Setting;
import io.headworks.api.connection.Setting.Kind;
import io.headworks.connector.server.ServerSettings;
import io.headworks.connector.server.SettingReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection to PostgreSQL.
 *
 * @param schema where tables without a schema are looked for; null for the search path of the user
 * @param statementTimeout zero for none
 */
public record PostgresSettings(
        ServerSettings server, @Nullable String schema, Duration statementTimeout, String applicationName) {
    private static final int USUAL_PORT = 5432;
    private static final String USUAL_NAME = "headworks";

    /** What a connection may say; the driver gets nothing else from a project. */
    public static List<Setting> all() {
        List<Setting> all = new ArrayList<>(ServerSettings.all(USUAL_PORT));
        all.add(setting(
                "schema",
                Kind.TEXT,
                null,
                "Where tables without a schema are looked for. Default: the search path of the user.",
                "public"));
        all.add(setting(
                "statement_timeout",
                Kind.DURATION,
                null,
                "How long one statement may run, which the server holds. Default: as long as the run may.",
                "2h"));
        all.add(setting(
                "application_name",
                Kind.TEXT,
                USUAL_NAME,
                "The name under which the server lists our sessions.",
                USUAL_NAME));
        return all;
    }

    private static Setting setting(String key, Kind kind, @Nullable String usual, String description, String example) {
        return new Setting(key, kind, false, usual, List.of(), description, example);
    }

    /**
     * Reads the settings of a connection.
     *
     * @throws io.headworks.api.failure.HeadworksException of kind PROJECT for what no server could take
     */
    public static PostgresSettings of(Connection connection) {
        SettingReader reader = new SettingReader(connection);
        return new PostgresSettings(
                ServerSettings.of(connection, USUAL_PORT),
                connection.setting("schema") == null ? null : reader.needed("schema"),
                reader.duration("statement_timeout", Duration.ZERO),
                connection.setting("application_name") == null ? USUAL_NAME : reader.needed("application_name"));
    }

    /** For messages: where it leads, without any secret. */
    public String place() {
        return server.place();
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
