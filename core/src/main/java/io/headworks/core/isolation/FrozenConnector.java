package io.headworks.core.isolation;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.source.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connection of an isolated copy to what its source gives; no project can declare one. */
record FrozenConnector(FrozenSource source) implements Connector {
    /** Of the connection and of its type. */
    static final String NAME = "frozen batches";

    static Connection connection(Path folder) {
        return new Connection(NAME, NAME, folder, Map.of(), Map.of());
    }

    @Override
    public ConnectionType type() {
        return new ConnectionType(NAME, List.of(), "Batches in place of a source", List.of());
    }

    @Override
    public Optional<Source> openSource(Connection connection, EngineSession engine) {
        return Optional.of(source);
    }

    @Override
    public boolean isSource() {
        return true;
    }
}
