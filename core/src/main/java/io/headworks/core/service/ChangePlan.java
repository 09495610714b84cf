package io.headworks.core.service;

import io.headworks.core.lineage.Change;
import io.headworks.core.lineage.Hit;
import io.headworks.core.lineage.ProjectChanges;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a change of the project means for what is loaded already.
 *
 * @param revision that it is compared with
 */
public record ChangePlan(String revision, ProjectChanges changes, List<Rebuild> rebuilds) {
    public ChangePlan {
        rebuilds = List.copyOf(rebuilds);
    }

    public static ChangePlan of(String revision, ProjectChanges changes, Project project, Memory memory) {
        return new ChangePlan(revision, changes, new Rebuilds(project, memory).of(changes));
    }

    /** As text. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("changed since " + revision + (changes.changes().isEmpty() ? ": nothing" : ""));
        for (Change change : changes.changes()) {
            lines.add(String.format(Locale.ROOT, "  %-9s %s: %s", kind(change), change.pipeline(), change.why()));
        }
        if (!changes.hits().isEmpty()) {
            lines.add("reaches");
            changes.hits()
                    .forEach(hit -> lines.add(
                            "  " + hit.pipeline() + ": " + reached(hit) + " (by " + String.join(", ", hit.by()) + ")"));
        }
        if (!rebuilds.isEmpty()) {
            lines.add("to be loaded again");
            rebuilds.forEach(each -> lines.add("  " + each.pipeline() + ": " + each.intervals() + "; " + each.command()
                    + (each.seconds() == null ? "" : "  about " + seconds(each.seconds()))));
            lines.add(together());
        }
        return lines;
    }

    private static String reached(Hit hit) {
        if (hit.unknown() != null) {
            return "perhaps, its lineage is not known: " + hit.unknown();
        }
        return hit.rows() ? "which rows there are, so all columns" : String.join(", ", hit.columns());
    }

    private String together() {
        List<String> never = rebuilds.stream()
                .filter(each -> each.seconds() == null)
                .map(Rebuild::pipeline)
                .toList();
        if (never.size() == rebuilds.size()) {
            return "  how long is not known: no run of them is kept";
        }
        String sum = "  about " + seconds(total()) + " one after another";
        return never.isEmpty() ? sum : sum + ", without " + String.join(", ", never) + ", of which no run is kept";
    }

    private double total() {
        return rebuilds.stream()
                .map(Rebuild::seconds)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }

    private static String kind(Change change) {
        return change.kind().name().toLowerCase(Locale.ROOT);
    }

    /** The public document. */
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("revision", revision);
        tree.put("changes", changes.changes().stream().map(ChangePlan::tree).toList());
        tree.put("downstream", changes.hits().stream().map(ChangePlan::tree).toList());
        tree.put("rebuild", rebuilds.stream().map(ChangePlan::tree).toList());
        tree.put("seconds", total());
        return tree;
    }

    private static Map<String, @Nullable Object> tree(Change change) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", change.pipeline());
        tree.put("dataset", change.dataset());
        tree.put("kind", kind(change));
        tree.put("why", change.why());
        tree.put("columns", change.columns());
        tree.put("added", change.added());
        return tree;
    }

    private static Map<String, @Nullable Object> tree(Hit hit) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", hit.pipeline());
        tree.put("dataset", hit.dataset());
        tree.put("by", hit.by());
        tree.put("rows", hit.rows());
        tree.put("columns", hit.columns());
        tree.put("unknown", hit.unknown());
        return tree;
    }

    private static Map<String, @Nullable Object> tree(Rebuild rebuild) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", rebuild.pipeline());
        tree.put("intervals", rebuild.intervals());
        tree.put("command", rebuild.command());
        tree.put("seconds", rebuild.seconds());
        return tree;
    }
}
