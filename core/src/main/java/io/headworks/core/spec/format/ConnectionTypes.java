package io.headworks.core.spec.format;

import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The connectors there are, by the value of {@code type:}; and the types that come later. */
public final class ConnectionTypes {
    private static final List<String> LATER = List.of("s3", "sftp", "http", "jdbc", "kafka", "redis", "iceberg");

    private final Map<String, Connector> byName = new LinkedHashMap<>();
    private final List<ConnectionType> types = new ArrayList<>();
    private final List<ConnectionType> stateTypes = new ArrayList<>();

    public ConnectionTypes(List<Connector> connectors) {
        for (Connector connector : connectors) {
            ConnectionType type = connector.type();
            types.add(type);
            connector.stateType().ifPresent(stateTypes::add);
            add(type.name(), connector);
            type.aliases().forEach(alias -> add(alias, connector));
        }
    }

    private void add(String name, Connector connector) {
        if (byName.putIfAbsent(name, connector) != null) {
            throw new IllegalArgumentException("Cannot use two connectors for connection type " + name);
        }
    }

    public List<ConnectionType> types() {
        return types;
    }

    /** Those that keep a project's state, with what they take then. */
    public List<ConnectionType> stateTypes() {
        return stateTypes;
    }

    public @Nullable Connector find(String type) {
        return byName.get(type);
    }

    static boolean comesLater(String type) {
        return LATER.contains(type);
    }
}
