package io.headworks.core.connection;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Source;
import io.headworks.api.target.Target;
import java.util.Comparator;
import java.util.List;

/** The connectors of this program, one per connection type. */
public final class Connectors {
    private final List<Connector> connectors;

    public Connectors(List<Connector> connectors) {
        this.connectors = connectors.stream()
                .sorted(Comparator.comparing(connector -> connector.type().name()))
                .toList();
    }

    public List<Connector> all() {
        return connectors;
    }

    public Source openSource(Connection connection, EngineSession engine) {
        return of(connection).openSource(connection, engine).orElseThrow(() -> cannot("read from", connection));
    }

    public Target openTarget(Connection connection, EngineSession engine) {
        return of(connection).openTarget(connection, engine).orElseThrow(() -> cannot("load into", connection));
    }

    public Connector of(Connection connection) {
        return connectors.stream()
                .filter(connector -> answers(connector.type(), connection.type()))
                .findFirst()
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot open connection " + connection.name() + ": no connector for type '" + connection.type()
                                + "'"));
    }

    private static boolean answers(ConnectionType type, String name) {
        return type.name().equals(name) || type.aliases().contains(name);
    }

    private static HeadworksException cannot(String what, Connection connection) {
        return new HeadworksException(
                FailureKind.PROJECT, "Cannot " + what + " " + connection + ": this type cannot do that");
    }
}
