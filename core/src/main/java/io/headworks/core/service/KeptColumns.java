package io.headworks.core.service;

import io.headworks.core.lineage.SourceColumns;
import io.headworks.core.spec.PipelineSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns of a source as the last plan of a run saw them; no source is asked. */
public final class KeptColumns implements SourceColumns {
    private final Memory memory;
    private final String environment;

    public KeptColumns(Memory memory, String environment) {
        this.memory = memory;
        this.environment = environment;
    }

    @Override
    public Optional<List<String>> of(PipelineSpec pipeline) {
        return memory.latestPlan(pipeline.name(), environment).flatMap(KeptColumns::extracted);
    }

    private static Optional<List<String>> extracted(Map<String, @Nullable Object> plan) {
        if (plan.get("steps") instanceof List<?> steps) {
            for (Object step : steps) {
                if (step instanceof Map<?, ?> map && "ExtractRows".equals(map.get("is"))) {
                    return Optional.of(names(map));
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> names(Map<?, ?> step) {
        return step.get("schema") instanceof Map<?, ?> schema && schema.get("fields") instanceof List<?> fields
                ? fields.stream()
                        .filter(Map.class::isInstance)
                        .map(field -> String.valueOf(((Map<?, ?>) field).get("name")))
                        .toList()
                : List.of();
    }
}
