package io.headworks.connector.postgres;

import io.headworks.api.connection.Connection;
import io.headworks.api.secret.Secret;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.connector.postgres.source.PostgresSource;
import io.headworks.testkit.servers.TestDatabase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Connections to test databases, as a project would write them. */
final class PostgresSources {

    private PostgresSources() {}

    static Connection connection(TestDatabase database, Map<String, String> others) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "host", database.host(),
                "port", Integer.toString(database.port()),
                "database", database.name(),
                "user", database.user()));
        settings.putAll(others);
        return new Connection(
                "shop", "postgresql", Path.of("."), settings, Map.of("password", new Secret(database.password())));
    }

    static PostgresSource of(TestDatabase database) {
        return of(database, Map.of());
    }

    static PostgresSource of(TestDatabase database, Map<String, String> others) {
        return new PostgresSource(PostgresSettings.of(connection(database, others)));
    }
}
