package io.headworks.core.spec.loading;

import io.headworks.core.spec.Problem;
import io.headworks.core.spec.TableGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one definition gave: a pipeline, or those of many tables.
 *
 * @param problems of the definition as a whole; those of a pipeline are with it
 */
record ReadTables(List<ReadPipeline> pipelines, @Nullable TableGroup group, List<Problem> problems) {
    ReadTables {
        pipelines = List.copyOf(pipelines);
        problems = List.copyOf(problems);
    }

    static ReadTables single(ReadPipeline pipeline) {
        return new ReadTables(List.of(pipeline), null, List.of());
    }
}
