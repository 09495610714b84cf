package io.headworks.bench;

import io.headworks.api.connection.Connection;
import io.headworks.api.secret.Secret;
import io.headworks.testkit.servers.TestDatabase;
import java.nio.file.Path;
import java.util.Map;

/** Databases of test servers as connections of a project. */
final class Connections {

    private Connections() {}

    /** @param type as project files name it */
    static Connection of(String type, TestDatabase database) {
        return new Connection(
                "shop",
                type,
                Path.of("."),
                Map.of(
                        "host", database.host(),
                        "port", Integer.toString(database.port()),
                        "database", database.name(),
                        "user", database.user()),
                Map.of("password", new Secret(database.password())));
    }
}
