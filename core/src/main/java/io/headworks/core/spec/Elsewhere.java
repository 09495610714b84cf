package io.headworks.core.spec;

import io.headworks.api.connection.Connection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Another environment, in which tables are read that are not there in this one. Nothing is ever written there. */
public record Elsewhere(Environment environment, Map<String, Connection> connections) {
    public Elsewhere {
        connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
    }
}
