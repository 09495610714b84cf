package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.plan.Request;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is left to do of what one command asked for: its failed pipelines and those that never started. */
public final class RetryRuns {
    private static final Set<String> DONE = Set.of("success", "unverified", "partial");
    private static final Set<String> UNDER_WAY = Set.of("queued", "running");

    private final Memory memory;
    private final Project project;

    public RetryRuns(Memory memory, Project project) {
        this.memory = memory;
        this.project = project;
    }

    /**
     * What to run again.
     *
     * @param request the window of then
     * @param ofRun the whole id of the run that was named
     * @param runs of then, by pipeline
     */
    public record Retry(List<PipelineSpec> pipelines, Request request, String ofRun, Map<String, String> runs) {
        public Retry {
            pipelines = List.copyOf(pipelines);
            runs = Map.copyOf(runs);
        }
    }

    /** The values that variables had then; empty when the run is not known, or kept none. */
    public static Map<String, String> variables(Map<String, @Nullable Object> run) {
        Map<String, String> values = new LinkedHashMap<>();
        if (run.get("asked") instanceof Map<?, ?> asked && asked.get("variables") instanceof Map<?, ?> then) {
            then.forEach((name, value) -> values.put(String.valueOf(name), String.valueOf(value)));
        }
        return values;
    }

    /**
     * Looks up a run by the beginning of its id, or the newest of a pipeline.
     *
     * @throws HeadworksException when nothing is left, when it is of another environment, or still under way
     */
    public Retry of(String idOrPipeline) {
        Map<String, @Nullable Object> run = memory.run(idOrPipeline);
        String id = String.valueOf(run.get("run_id"));
        if (!project.environment().name().equals(run.get("environment"))) {
            throw refusal(id, "it ran in environment " + run.get("environment"), "say --env " + run.get("environment"));
        }
        if (!(run.get("asked") instanceof Map<?, ?> asked)) {
            throw refusal(id, "its document does not say what was asked for", "name the pipelines: hw run SELECT");
        }
        List<String> left = left(id, asked);
        if (left.isEmpty()) {
            throw refusal(id, "every pipeline of it was published", "nothing is left to do");
        }
        Request request = new Request(
                (String) asked.get("from"), (String) asked.get("to"), Boolean.TRUE.equals(asked.get("full_refresh")));
        return new Retry(left.stream().map(name -> pipeline(id, name)).toList(), request, id, runs(asked));
    }

    private Map<String, String> runs(Map<?, ?> asked) {
        Map<String, String> runs = new LinkedHashMap<>();
        memory.group(String.valueOf(asked.get("group")))
                .forEach(each ->
                        runs.put(String.valueOf(each.get("pipeline_name")), String.valueOf(each.get("run_id"))));
        return runs;
    }

    private List<String> left(String id, Map<?, ?> asked) {
        Map<String, String> statuses = new LinkedHashMap<>();
        memory.group(String.valueOf(asked.get("group")))
                .forEach(each ->
                        statuses.put(String.valueOf(each.get("pipeline_name")), String.valueOf(each.get("status"))));
        List<String> left = new ArrayList<>();
        for (Object chosen : (List<?>) Objects.requireNonNull(asked.get("pipelines"))) {
            String status = statuses.getOrDefault(String.valueOf(chosen), "never started");
            if (UNDER_WAY.contains(status)) {
                throw new HeadworksException(
                        FailureKind.HELD,
                        "Cannot retry run " + id + ": " + chosen + " of it is still under way",
                        "wait for its end; hw runs shows it");
            }
            if (!DONE.contains(status)) {
                left.add(String.valueOf(chosen));
            }
        }
        return left;
    }

    private PipelineSpec pipeline(String id, String name) {
        return project.pipeline(name)
                .orElseThrow(() -> refusal(id, "there is no pipeline " + name + " any more", "hw ls lists them"));
    }

    private static HeadworksException refusal(String id, String why, String hint) {
        return new HeadworksException(FailureKind.PROJECT, "Cannot retry run " + id + ": " + why, hint);
    }
}
