package io.headworks.connector.mysql;

import io.headworks.api.connection.Connection;
import io.headworks.api.secret.Secret;
import io.headworks.connector.mysql.source.MysqlSource;
import io.headworks.testkit.servers.TestDatabase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Connections to test databases, as a project would write them. */
final class MysqlConnections {

    private MysqlConnections() {}

    static Connection connection(TestDatabase database, Map<String, String> others) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "host", database.host(),
                "port", Integer.toString(database.port()),
                "database", database.name(),
                "user", database.user()));
        settings.putAll(others);
        return new Connection(
                "shop", "mysql", Path.of("."), settings, Map.of("password", new Secret(database.password())));
    }

    static MysqlSource source(TestDatabase database) {
        return source(database, Map.of());
    }

    static MysqlSource source(TestDatabase database, Map<String, String> others) {
        return new MysqlSource(MysqlConnector.settings(connection(database, others)));
    }
}
