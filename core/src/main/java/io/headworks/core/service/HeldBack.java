package io.headworks.core.service;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.failure.FailureKind;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.TableGroup;
import io.headworks.core.spec.TableGroup.Refusal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What reads a table that was to be loaded and was refused: it would go on with the table of last time, and be green. */
final class HeldBack {
    private final Project project;

    HeldBack(Project project) {
        this.project = project;
    }

    /** The choice without those pipelines and all that is made of them, unless they go on with the last good data. */
    Choice in(Choice choice) {
        List<TableGroup> broken = project.groups().stream()
                .filter(group -> choice.refused().keySet().stream()
                        .anyMatch(name -> name.equals(group.name()) || group.owns(name)))
                .toList();
        if (broken.isEmpty()) {
            return choice;
        }
        Map<String, Refusal> refused = new TreeMap<>(choice.refused());
        Set<String> held = new LinkedHashSet<>();
        for (PipelineSpec pipeline : project.pipelines()) {
            if (broken.stream().anyMatch(group -> reads(pipeline, group))) {
                hold(pipeline.name(), held);
            }
        }
        for (PipelineSpec pipeline : choice.pipelines()) {
            if (held.contains(pipeline.name())) {
                refused.put(
                        pipeline.name(),
                        new Refusal(
                                FailureKind.RUN,
                                "Cannot run " + pipeline.name() + ": a table that it is made from was refused",
                                "correct that, or run it alone: hw run " + pipeline.name()));
            }
        }
        return new Choice(
                choice.pipelines().stream()
                        .filter(pipeline -> !refused.containsKey(pipeline.name()))
                        .toList(),
                refused);
    }

    private void hold(String pipeline, Set<String> held) {
        boolean alerting = project.pipeline(pipeline)
                .map(each -> each.errorHandling().skipsAndAlerts())
                .orElse(false);
        if (!alerting) {
            held.add(pipeline);
            held.addAll(project.graph().descendants(pipeline));
        }
    }

    /** A table that no pipeline is known to write, and the group could have written. */
    private boolean reads(PipelineSpec pipeline, TableGroup group) {
        boolean used = pipeline.uses().stream().map(DatasetUse::producer).anyMatch(group.name()::equals);
        Graph.@Nullable Node node = project.graph().nodes().get(pipeline.name());
        List<DatasetName> read = node == null ? List.of() : node.reads();
        return used || read.stream().anyMatch(dataset -> group.mayWrite(dataset) && !isWritten(dataset));
    }

    private boolean isWritten(DatasetName dataset) {
        return project.graph().nodes().values().stream()
                .anyMatch(node -> node.writes().equals(dataset));
    }
}
