package io.headworks.core.record;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The runs that one command asked for. A pipeline of it without a run was never started.
 *
 * @param id sorts before the ids of its runs
 * @param pipelines all that were chosen, in order
 * @param variables their values, without those that are secret
 */
public record RunGroup(String id, List<String> pipelines, Map<String, String> variables) {
    public RunGroup {
        pipelines = List.copyOf(pipelines);
        variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    }

    /** Of a project without variables. */
    public RunGroup(String id, List<String> pipelines) {
        this(id, pipelines, Map.of());
    }
}
