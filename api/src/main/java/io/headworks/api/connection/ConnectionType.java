package io.headworks.api.connection;

import java.util.List;

/** A value of {@code type:} in a connection, with the settings it takes. */
public record ConnectionType(String name, List<String> aliases, String description, List<Setting> settings) {
    public ConnectionType {
        aliases = List.copyOf(aliases);
        settings = List.copyOf(settings);
    }
}
