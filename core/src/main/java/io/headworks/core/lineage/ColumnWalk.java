package io.headworks.core.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.SourceColumn;
import io.headworks.api.lineage.Trace.Column;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Goes from columns to all that they are made from, or to all that is made from them. */
public final class ColumnWalk {
    private final ProjectLineage lineage;
    private final Map<SourceColumn, List<Edge>> down = new LinkedHashMap<>();
    private final Map<String, List<DatasetLineage>> passing = new LinkedHashMap<>();

    public ColumnWalk(ProjectLineage lineage) {
        this.lineage = lineage;
        for (DatasetLineage dataset : lineage.all().values()) {
            dataset.columns()
                    .forEach(column -> edges(dataset, column)
                            .forEach(edge -> down.computeIfAbsent(key(edge.from()), first -> new ArrayList<>())
                                    .add(edge)));
            if (dataset.rest() != null) {
                passing.computeIfAbsent(ProjectLineage.key(dataset.rest()), first -> new ArrayList<>())
                        .add(dataset);
            }
        }
    }

    private static SourceColumn key(SourceColumn column) {
        return new SourceColumn(
                ProjectLineage.key(column.table()), column.column().toLowerCase(Locale.ROOT));
    }

    /** What is made from a column, in one step. */
    public List<Edge> outOf(SourceColumn column) {
        List<Edge> edges = new ArrayList<>(down.getOrDefault(key(column), List.of()));
        for (DatasetLineage dataset : passing.getOrDefault(ProjectLineage.key(column.table()), List.of())) {
            boolean known = edges.stream().anyMatch(edge -> edge.to().table().equals(dataset.dataset()));
            dataset.column(column.column())
                    .filter(passed -> !known)
                    .ifPresent(passed -> edges.addAll(edges(dataset, passed)));
        }
        return edges;
    }

    /** Every step on the ways up, the nearest first. */
    public List<Edge> up(Collection<SourceColumn> columns) {
        return walk(columns, true);
    }

    /** Every step on the ways down, the nearest first. */
    public List<Edge> down(Collection<SourceColumn> columns) {
        return walk(columns, false);
    }

    private List<Edge> walk(Collection<SourceColumn> columns, boolean up) {
        List<Edge> all = new ArrayList<>();
        Set<SourceColumn> seen = new LinkedHashSet<>(columns);
        Deque<SourceColumn> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            SourceColumn here = open.removeFirst();
            for (Edge edge : up ? into(here) : outOf(here)) {
                all.add(edge);
                SourceColumn next = up ? edge.from() : edge.to();
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return all;
    }

    /** What a column is made from, in one step. */
    public List<Edge> into(SourceColumn column) {
        return lineage.ofDataset(column.table())
                .flatMap(dataset -> dataset.column(column.column()).map(found -> edges(dataset, found)))
                .orElse(List.of());
    }

    private static List<Edge> edges(DatasetLineage dataset, Column column) {
        SourceColumn to = new SourceColumn(dataset.dataset(), column.name());
        Dependence from = dataset.of(column);
        List<Edge> edges = new ArrayList<>();
        from.uses().forEach((source, uses) -> edges.add(new Edge(source, to, uses)));
        return edges;
    }
}
