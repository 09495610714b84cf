package io.headworks.core.spec.descriptor;

import java.util.List;

/**
 * Names that values may refer to, as headworks.yml declares them.
 *
 * @param readingEngineSql sources whose conditions and queries are in the engine's dialect
 */
public record Known(
        List<String> connections,
        List<String> sources,
        List<String> readingEngineSql,
        List<String> targets,
        List<String> alertChannels) {
    public Known {
        connections = List.copyOf(connections);
        sources = List.copyOf(sources);
        readingEngineSql = List.copyOf(readingEngineSql);
        targets = List.copyOf(targets);
        alertChannels = List.copyOf(alertChannels);
    }

    public static final Known NOTHING = new Known(List.of(), List.of(), List.of(), List.of(), List.of());
}
