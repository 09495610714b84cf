package io.headworks.core.lineage;

import io.headworks.api.lineage.SourceColumn;
import io.headworks.api.lineage.Use;
import io.headworks.core.lineage.LineageTree.Branch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Lineage as lines of text: trees whose branches go away from what was asked for. */
public final class LineageText {
    private final ProjectLineage lineage;

    public LineageText(ProjectLineage lineage) {
        this.lineage = lineage;
    }

    /** The columns on the ways up or down from one. */
    public List<String> columns(SourceColumn start, List<Edge> edges, boolean up) {
        Map<SourceColumn, List<Edge>> next = new LinkedHashMap<>();
        edges.forEach(edge -> next.computeIfAbsent(up ? edge.to() : edge.from(), first -> new ArrayList<>())
                .add(edge));
        return LineageTree.lines(
                start,
                column -> next.getOrDefault(column, List.of()).stream()
                        .map(edge -> {
                            SourceColumn to = up ? edge.from() : edge.to();
                            return new Branch<>(to, uses(edge.uses()) + " ", up ? refusal(to.table()) : "");
                        })
                        .toList());
    }

    /** The datasets on the ways up or down from one. */
    public List<String> datasets(String start, boolean up) {
        DatasetWalk walk = new DatasetWalk(lineage);
        return LineageTree.lines(
                start,
                dataset -> (up ? walk.reads(dataset) : walk.readBy(dataset))
                        .stream()
                                .map(next -> new Branch<>(next, "", refusal(next)))
                                .toList());
    }

    private String refusal(String dataset) {
        return lineage.ofDataset(dataset)
                .map(DatasetLineage::unknown)
                .filter(Objects::nonNull)
                .map(why -> " (" + sentence(dataset, why) + ")")
                .orElse("");
    }

    /** Why nothing is said of a dataset's columns. */
    public static String sentence(String dataset, String why) {
        return "lineage of " + dataset + " is not known: " + why;
    }

    /** {@code copied, join}. */
    public static String uses(Collection<Use> uses) {
        return uses.stream()
                .sorted()
                .map(use -> use.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
