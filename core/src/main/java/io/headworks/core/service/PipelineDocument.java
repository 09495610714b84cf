package io.headworks.core.service;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.source.Extract.Reading;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.Origin;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A pipeline as it stands in the public documents of {@code hw ls} and {@code hw show}. */
public final class PipelineDocument {

    private PipelineDocument() {}

    public static Map<String, @Nullable Object> of(Project project, PipelineSpec pipeline) {
        Graph.@Nullable Node node = project.graph().nodes().get(pipeline.name());
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", pipeline.name());
        tree.put("description", pipeline.description());
        tree.put("owner", pipeline.owner());
        tree.put("tier", pipeline.tier());
        tree.put("tags", pipeline.tags());
        tree.put("schedule", schedule(pipeline.schedule()));
        tree.put("source", source(project, pipeline));
        tree.put("incremental", pipeline.extract().isIncremental());
        tree.put("dataset", pipeline.writes().toString());
        tree.put("strategy", pipeline.load().strategy().key());
        tree.put("checks", pipeline.preLoad().size() + pipeline.postLoad().size());
        tree.put("upstream", node == null ? List.of() : node.upstream());
        tree.put("downstream", node == null ? List.of() : node.downstream());
        tree.put("file", pipeline.place().file());
        tree.put("line", pipeline.place().line());
        return tree;
    }

    /** With every resolved value and where it was written. */
    public static Map<String, @Nullable Object> resolved(Project project, PipelineSpec pipeline) {
        Map<String, @Nullable Object> tree = of(project, pipeline);
        tree.put(
                "values",
                pipeline.origins().stream().map(PipelineDocument::origin).toList());
        return tree;
    }

    private static Map<String, @Nullable Object> origin(Origin origin) {
        Place place = origin.place();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("key", origin.key());
        tree.put("value", origin.value());
        tree.put("file", place == null ? null : place.file());
        tree.put("line", place == null ? null : place.line());
        tree.put("column", place == null ? null : place.column());
        return tree;
    }

    /** What it reads: where, as its file spells it; of a model, its datasets. */
    public static String source(Project project, PipelineSpec pipeline) {
        Graph.@Nullable Node node = project.graph().nodes().get(pipeline.name());
        Reading reading = pipeline.extract().extract().reading();
        if (reading instanceof Reading.Model) {
            return node == null
                    ? ""
                    : node.reads().stream().map(DatasetName::toString).collect(Collectors.joining(", "));
        }
        return pipeline.extract().connection() + ":" + reading(reading);
    }

    private static String reading(Reading reading) {
        return reading instanceof Reading.Table table
                ? table.name().toString()
                : reading instanceof Reading.Files files ? files.path() : "query";
    }

    private static String schedule(Schedule schedule) {
        if (schedule instanceof Schedule.Cron cron) {
            return cron.expression();
        } else if (schedule instanceof Schedule.AfterInputs) {
            return "after-inputs";
        } else if (schedule instanceof Schedule.OnFiles) {
            return "on-files";
        } else if (schedule instanceof Schedule.OnWebhook) {
            return "on-webhook";
        }
        return "manual";
    }
}
