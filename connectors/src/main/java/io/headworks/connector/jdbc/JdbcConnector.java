package io.headworks.connector.jdbc;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.source.Source;
import io.headworks.api.target.Target;
import io.headworks.connector.jdbc.load.JdbcTarget;
import io.headworks.connector.jdbc.session.JdbcSettings;
import io.headworks.connector.jdbc.source.JdbcSource;
import java.util.Optional;

/** Connection type {@code jdbc}: a database whose driver the project brings along. */
public final class JdbcConnector implements Connector {
    @Override
    public ConnectionType type() {
        return JdbcSettings.TYPE;
    }

    @Override
    public Optional<Source> openSource(Connection connection, EngineSession engine) {
        return Optional.of(new JdbcSource(JdbcSettings.of(connection)));
    }

    @Override
    public Optional<Target> openTarget(Connection connection, EngineSession engine) {
        return Optional.of(JdbcTarget.open(JdbcSettings.of(connection), engine));
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
