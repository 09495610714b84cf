package io.headworks.connector.mysql;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.source.Source;
import io.headworks.api.target.Namespaces;
import io.headworks.api.target.Target;
import io.headworks.connector.mysql.load.MysqlTarget;
import io.headworks.connector.mysql.session.MysqlNamespaces;
import io.headworks.connector.mysql.source.MysqlSource;
import io.headworks.connector.server.ServerNamespaces;
import io.headworks.connector.server.ServerSettings;
import java.util.List;
import java.util.Optional;

/** Connection type {@code mysql}: a database of a MySQL or MariaDB server. */
public final class MysqlConnector implements Connector {
    private static final int PORT = 3306;

    @Override
    public ConnectionType type() {
        return new ConnectionType(
                "mysql",
                List.of("mariadb"),
                "A database of a MySQL (8.0.17 or newer) or MariaDB (10.5 or newer) server, as source and target.",
                ServerSettings.all(PORT));
    }

    @Override
    public Optional<Source> openSource(Connection connection, EngineSession engine) {
        return Optional.of(new MysqlSource(settings(connection)));
    }

    @Override
    public Optional<Target> openTarget(Connection connection, EngineSession engine) {
        return Optional.of(MysqlTarget.open(settings(connection), engine));
    }

    static ServerSettings settings(Connection connection) {
        return ServerSettings.of(connection, PORT);
    }

    @Override
    public Optional<Namespaces> namespaces(Connection connection, String runId) {
        return Optional.of(new ServerNamespaces(new MysqlNamespaces(settings(connection)), runId));
    }

    @Override
    public Connection within(Connection connection, String namespace) {
        return connection.with("database", namespace);
    }

    @Override
    public boolean isTarget() {
        return true;
    }

    @Override
    public boolean isSource() {
        return true;
    }
}
