package io.headworks.cli.state;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Connector;
import io.headworks.api.secret.Secret;
import io.headworks.api.state.StateHome;
import io.headworks.testkit.servers.TestDatabase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** Homes of states in databases of test servers, found as the program finds them. */
final class PostgresHomes {
    static final String PROJECT = "0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10";

    private PostgresHomes() {}

    static StateHome of(TestDatabase database, Map<String, String> more) {
        return of(database, PROJECT, more);
    }

    /** @param more settings over those of the database; {@code password} among them */
    static StateHome of(TestDatabase database, String project, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("host", database.host());
        settings.put("port", Integer.toString(database.port()));
        settings.put("database", database.name());
        settings.put("user", database.user());
        settings.put("password", database.password());
        settings.putAll(more);
        String password = settings.remove("password");
        Connection connection = new Connection(
                "state", "postgresql", Path.of("/nowhere"), settings, Map.of("password", new Secret(password)));
        return ServiceLoader.load(Connector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(connector -> connector.type().name().equals("postgresql"))
                .findFirst()
                .flatMap(connector -> connector.stateHome(connection, project))
                .orElseThrow();
    }
}
