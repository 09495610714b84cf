package io.headworks.core.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many processes there may be at a time. Of one pipeline, and of one that only one may use (a file, a dataset), there is
 * always one.
 *
 * @param parallel on this machine
 * @param connections by connection, how many may use it
 */
public record Limits(int parallel, Map<String, Integer> connections) {
    public Limits {
        connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
        if (parallel < 1 || connections.values().stream().anyMatch(limit -> limit < 1)) {
            throw new IllegalArgumentException("Cannot run fewer than one process at a time");
        }
    }
}
