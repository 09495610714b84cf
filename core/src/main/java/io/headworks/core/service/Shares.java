package io.headworks.core.service;

import io.headworks.api.run.Resources;
import io.headworks.core.spec.PipelineSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the engine of a process may use: the most that any of its pipelines states. */
final class Shares {

    private Shares() {}

    static Resources of(Collection<PipelineSpec> pipelines) {
        return new Resources(
                most(pipelines, pipeline -> pipeline.resources().memory()),
                most(pipelines, pipeline -> pipeline.resources().threads()),
                most(pipelines, pipeline -> pipeline.resources().disk()),
                mostTime(pipelines));
    }

    private static <T extends Comparable<T>> @Nullable T most(
            Collection<PipelineSpec> pipelines, java.util.function.Function<PipelineSpec, @Nullable T> of) {
        return pipelines.stream()
                .map(of)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static @Nullable Duration mostTime(Collection<PipelineSpec> pipelines) {
        return most(pipelines, pipeline -> pipeline.resources().timeout());
    }
}
