package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.TableChoice.Appeared;
import io.headworks.core.spec.TableChoice.Vanished;
import io.headworks.core.spec.TableGroup;
import io.headworks.core.spec.TableGroup.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tables that came or went since others of their source were loaded, where this is for a person to decide. */
public final class TablesSince {
    private final Project project;
    private final Set<String> known;

    /** @param known pipelines of this environment that ran before */
    public TablesSince(Project project, Set<String> known) {
        this.project = project;
        this.known = known;
    }

    /**
     * The choice without tables that may not be loaded yet; they, chosen ones that are gone, and
     * what reads any of them, are among the refused.
     */
    public Choice in(Selection selection, List<String> selectors, Choice choice) {
        Map<String, Refusal> refused = new TreeMap<>(choice.refused());
        for (TableGroup group : project.groups()) {
            gone(group).stream()
                    .filter(name -> selection.means(selectors, group, name))
                    .forEach(name -> refused.putIfAbsent(name, vanished(group, name)));
        }
        List<PipelineSpec> left = choice.pipelines().stream()
                .filter(pipeline -> project.groups().stream().noneMatch(group -> waits(group, pipeline, refused)))
                .toList();
        return new HeldBack(project).in(new Choice(left, refused));
    }

    private List<String> gone(TableGroup group) {
        if (group.choice().vanished() == Vanished.IGNORE || group.present().isEmpty()) {
            return List.of();
        }
        return known.stream()
                .filter(group::owns)
                .filter(name -> !group.pipelines().contains(name))
                .filter(name -> isGone(group, name.substring(group.name().length() + 1)))
                .sorted()
                .toList();
    }

    /** A table that is there, or would be left out if it were, is left out on purpose. */
    private static boolean isGone(TableGroup group, String table) {
        return group.present().stream().noneMatch(table::equalsIgnoreCase)
                && !group.choice().leavesOut(table);
    }

    private static Refusal vanished(TableGroup group, String name) {
        String table = name.substring(group.name().length() + 1);
        return new Refusal(
                FailureKind.POSITION_LOST,
                "Cannot load " + name + ": table " + table + " was loaded before and is no longer in "
                        + group.connection(),
                "bring it back, leave it out with exclude: [\"*." + table + "\"], or write vanished: ignore in "
                        + group.place());
    }

    private boolean waits(TableGroup group, PipelineSpec pipeline, Map<String, Refusal> refused) {
        boolean isNew = group.choice().appeared() == Appeared.STOP
                && group.pipelines().contains(pipeline.name())
                && !known.contains(pipeline.name())
                && known.stream().anyMatch(group::owns);
        if (isNew) {
            refused.put(pipeline.name(), appeared(group, pipeline.name()));
        }
        return isNew;
    }

    private static Refusal appeared(TableGroup group, String name) {
        return new Refusal(
                FailureKind.APPROVAL,
                "Cannot load " + name + ": its table is new in " + group.connection() + ", and " + group.name()
                        + " says appeared: stop",
                "write appeared: load, or leave it out with exclude, in " + group.place());
    }
}
