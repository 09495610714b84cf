package io.headworks.connector.postgres;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.source.Source;
import io.headworks.api.state.StateHome;
import io.headworks.api.target.Namespaces;
import io.headworks.api.target.Target;
import io.headworks.connector.postgres.load.PostgresTarget;
import io.headworks.connector.postgres.session.PostgresNamespaces;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.connector.postgres.source.PostgresSource;
import io.headworks.connector.postgres.state.PostgresState;
import io.headworks.connector.postgres.state.StateSettings;
import io.headworks.connector.server.ServerNamespaces;
import java.util.List;
import java.util.Optional;

/** Connection type {@code postgresql}: a database of a PostgreSQL server. */
public final class PostgresConnector implements Connector {

    @Override
    public ConnectionType type() {
        return new ConnectionType(
                "postgresql",
                List.of("postgres"),
                "A PostgreSQL database, 13 or newer, as source and target.",
                PostgresSettings.all());
    }

    @Override
    public Optional<Source> openSource(Connection connection, EngineSession engine) {
        return Optional.of(new PostgresSource(PostgresSettings.of(connection)));
    }

    @Override
    public Optional<Target> openTarget(Connection connection, EngineSession engine) {
        return Optional.of(PostgresTarget.open(PostgresSettings.of(connection), engine));
    }

    @Override
    public Optional<ConnectionType> stateType() {
        return Optional.of(StateSettings.type());
    }

    @Override
    public Optional<StateHome> stateHome(Connection connection, String project) {
        return Optional.of(PostgresState.of(connection, project));
    }

    @Override
    public Optional<Namespaces> namespaces(Connection connection, String runId) {
        return Optional.of(new ServerNamespaces(new PostgresNamespaces(PostgresSettings.of(connection)), runId));
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
