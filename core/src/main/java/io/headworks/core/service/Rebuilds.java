package io.headworks.core.service;

import io.headworks.api.load.Strategy;
import io.headworks.core.lineage.Change;
import io.headworks.core.lineage.Change.Kind;
import io.headworks.core.lineage.ProjectChanges;
import io.headworks.core.spec.ExtractSpec.SliceSpec;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which tables have to be loaded again after changes, how, and about how long that takes. */
final class Rebuilds {
    private static final int RUNS = 20;
    private static final List<String> ENDED = List.of("success", "unverified", "partial");

    private final Project project;
    private final Memory memory;

    Rebuilds(Project project, Memory memory) {
        this.project = project;
        this.memory = memory;
    }

    /** In the order in which they have to run. */
    List<Rebuild> of(ProjectChanges changes) {
        Map<String, Boolean> allRows = new LinkedHashMap<>();
        changes.changes().stream()
                .filter(Rebuilds::needsRows)
                .forEach(change -> allRows.put(change.pipeline(), change.kind() != Kind.ADDITIVE));
        changes.hits()
                .forEach(hit -> allRows.put(
                        hit.pipeline(),
                        changes.changes().stream()
                                .filter(change -> hit.by().contains(change.pipeline()))
                                .anyMatch(change -> change.kind() != Kind.ADDITIVE)));
        List<Rebuild> rebuilds = new ArrayList<>();
        for (String name : project.graph().order()) {
            Boolean all = allRows.get(name);
            if (all != null) {
                rebuilds.add(rebuild(project.pipeline(name).orElseThrow(), all));
            }
        }
        return rebuilds;
    }

    private static boolean needsRows(Change change) {
        return change.kind() != Kind.COSMETIC && change.kind() != Kind.REMOVED;
    }

    private Rebuild rebuild(PipelineSpec pipeline, boolean all) {
        boolean goesOn = pipeline.extract().isIncremental();
        String run = "hw run " + pipeline.name();
        if (pipeline.load().strategy() == Strategy.VIEW) {
            return new Rebuild(pipeline.name(), "none: a view stores no rows", run, seconds(pipeline.name(), false));
        } else if (!goesOn) {
            return new Rebuild(pipeline.name(), "all", run, seconds(pipeline.name(), false));
        }
        String which = all ? "all" : "all, for the new columns";
        return new Rebuild(
                pipeline.name(), which + since(pipeline), run + " --full-refresh", seconds(pipeline.name(), true));
    }

    private static String since(PipelineSpec pipeline) {
        SliceSpec slice = pipeline.extract().slice();
        return slice == null || slice.start() == null ? "" : ", since " + slice.start();
    }

    /** The middle one of the kept runs that did something; the longest where a usual run reads a part only. */
    private @Nullable Double seconds(String pipeline, boolean longest) {
        List<Double> seconds = memory.newest(pipeline, RUNS).stream()
                .filter(run -> ENDED.contains(String.valueOf(run.get("status"))) && run.get("nothing_to_do") == null)
                .filter(run -> project.environment().name().equals(run.get("environment")))
                .map(run -> run.get("duration_seconds"))
                .flatMap(value -> value instanceof Number number
                        ? Optional.of(number.doubleValue()).stream()
                        : Optional.<Double>empty().stream())
                .sorted()
                .toList();
        return seconds.isEmpty() ? null : seconds.get(longest ? seconds.size() - 1 : seconds.size() / 2);
    }
}
