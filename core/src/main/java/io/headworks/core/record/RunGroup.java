package io.headworks.core.record;

import java.util.List;

/**
 * The runs that one command asked for. A pipeline of it without a run was never started.
 *
 * @param id sorts before the ids of its runs
 * @param pipelines all that were chosen, in order
 */
public record RunGroup(String id, List<String> pipelines) {
    public RunGroup {
        pipelines = List.copyOf(pipelines);
    }
}
