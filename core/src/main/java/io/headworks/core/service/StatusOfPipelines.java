package io.headworks.core.service;

import io.headworks.core.ledger.Positions;
import io.headworks.core.run.Workspace;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How each pipeline stands: its newest run, and how far its data goes. */
public final class StatusOfPipelines {
    private static final List<String> OF_RUN = List.of(
            "run_id",
            "status",
            "stage",
            "started_at",
            "completed_at",
            "duration_seconds",
            "rows_loaded",
            "rows_rejected",
            "quality_checks_passed",
            "quality_checks_failed",
            "error_message",
            "nothing_to_do");

    private final Memory memory;
    private final Project project;

    public StatusOfPipelines(Memory memory, Project project) {
        this.memory = memory;
        this.project = project;
    }

    /** The public document of {@code hw status}. */
    public Map<String, @Nullable Object> document() {
        String environment = project.environment().name();
        Map<String, Map<String, @Nullable Object>> runs = memory.latest(environment);
        Map<String, String> positions = memory.positions(environment);
        Map<String, Map<String, @Nullable Object>> kept =
                Workspace.of(project.folder()).kept().byPipeline(environment);
        List<Object> pipelines = new ArrayList<>();
        for (Map.Entry<String, String> each : datasets(runs).entrySet()) {
            String name = each.getKey();
            pipelines.add(pipeline(name, each.getValue(), runs.get(name), positions.get(name), kept.get(name)));
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("project", project.name());
        tree.put("environment", environment);
        tree.put("pipelines", pipelines);
        return tree;
    }

    /** By pipeline, in order; those of many tables as far as they ran, because their source is not asked here. */
    private Map<String, String> datasets(Map<String, Map<String, @Nullable Object>> runs) {
        Map<String, String> datasets = new LinkedHashMap<>();
        for (String name : project.graph().order()) {
            project.pipeline(name)
                    .ifPresent(pipeline -> datasets.put(name, pipeline.writes().toString()));
        }
        new TreeMap<>(runs).forEach((name, run) -> {
            if (project.groups().stream().anyMatch(group -> group.owns(name))) {
                datasets.putIfAbsent(name, String.valueOf(run.get("dataset")));
            }
        });
        return datasets;
    }

    private static Map<String, @Nullable Object> pipeline(
            String name,
            String dataset,
            @Nullable Map<String, @Nullable Object> run,
            @Nullable String position,
            @Nullable Map<String, @Nullable Object> kept) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("dataset", dataset);
        tree.put("position", position == null ? null : Positions.describe(Positions.read(position)));
        Map<String, @Nullable Object> last = null;
        if (run != null) {
            last = new LinkedHashMap<>();
            for (String key : OF_RUN) {
                last.put(key, run.get(key));
            }
        }
        tree.put("last_run", last);
        tree.put("kept_batch", kept);
        return tree;
    }
}
