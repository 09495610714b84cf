package io.headworks.connector.postgres;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.source.Source;
import io.headworks.connector.postgres.session.PostgresSettings;
import io.headworks.connector.postgres.source.PostgresSource;
import java.util.List;
import java.util.Optional;

/** Connection type {@code postgresql}: a database of a PostgreSQL server. */
public final class PostgresConnector implements Connector {

    @Override
    public ConnectionType type() {
        return new ConnectionType(
                "postgresql", List.of("postgres"), "A PostgreSQL database, 13 or newer, as source.", PostgresSettings.all());
    }

    @Override
    public Optional<Source> openSource(Connection connection, EngineSession engine) {
        return Optional.of(new PostgresSource(PostgresSettings.of(connection)));
    }

    @Override
    public boolean isSource() {
        return true;
    }
}
