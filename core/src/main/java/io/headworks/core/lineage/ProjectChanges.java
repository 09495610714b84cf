package io.headworks.core.lineage;

import io.headworks.core.lineage.Change.Kind;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.TableGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What became of the pipelines of a project, and what that reaches.
 *
 * @param changes in the order in which data goes
 * @param hits pipelines that are the same themselves, in that order
 */
public record ProjectChanges(List<Change> changes, List<Hit> hits) {
    public ProjectChanges {
        changes = List.copyOf(changes);
        hits = List.copyOf(hits);
    }

    /**
     * Compares two states of one project, as their files say.
     *
     * @param files that are others, relative to the project's folder: what a pipeline of many tables is compared by
     */
    public static ProjectChanges between(ProjectLineage before, ProjectLineage after, Set<String> files) {
        List<Change> changes = new ArrayList<>();
        for (TableGroup group : after.project().groups()) {
            if (files.contains(group.place().file())) {
                changes.add(new Change(
                        group.name(),
                        group.target() + ":" + group.written(),
                        Kind.BREAKING,
                        "its file changed, and its tables are not compared one by one (not yet)",
                        List.of(),
                        List.of()));
            }
        }
        for (String name : after.project().graph().order()) {
            PipelineSpec now = after.project().pipeline(name).orElseThrow();
            Optional<PipelineSpec> old = before.project().pipeline(name);
            if (old.isEmpty()) {
                changes.add(whole(now, Kind.NEW, "it was not there"));
            } else {
                new Comparison(before, after, old.get(), now).change().ifPresent(changes::add);
            }
        }
        for (String name : before.project().graph().order()) {
            Project project = before.project();
            if (after.project().pipeline(name).isEmpty()) {
                PipelineSpec old = project.pipeline(name).orElseThrow();
                changes.add(whole(old, Kind.REMOVED, "nothing loads " + old.writes() + " any more"));
            }
        }
        return new ProjectChanges(changes, new Reach(before, after).of(changes));
    }

    private static Change whole(PipelineSpec pipeline, Kind kind, String why) {
        return new Change(pipeline.name(), pipeline.writes().toString(), kind, why, List.of(), List.of());
    }
}
