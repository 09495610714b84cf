package io.headworks.core.service;

import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.TableGroup.Refusal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a command line means.
 *
 * @param pipelines each after those it reads from
 * @param refused what is meant too and cannot be done, by name: tables of a source that are no pipelines, and whole groups of
 *     them whose source does not answer
 */
public record Choice(List<PipelineSpec> pipelines, Map<String, Refusal> refused) {
    public Choice {
        pipelines = List.copyOf(pipelines);
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    }

    /**
     * The same, for a command that can do nothing without pipelines.
     *
     * @throws io.headworks.api.failure.HeadworksException when all that was meant is refused
     */
    public Choice orRefusal() {
        if (pipelines.isEmpty() && !refused.isEmpty()) {
            throw refused.values().iterator().next().exception();
        }
        return this;
    }
}
