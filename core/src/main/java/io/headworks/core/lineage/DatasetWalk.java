package io.headworks.core.lineage;

import io.headworks.api.lineage.SourceColumn;
import io.headworks.core.spec.Graph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Goes from a dataset to all that it is made from, or to all that is made from it. */
public final class DatasetWalk {
    private final ProjectLineage lineage;
    private final Graph graph;

    public DatasetWalk(ProjectLineage lineage) {
        this.lineage = lineage;
        this.graph = lineage.project().graph();
    }

    /** What a dataset is made from, in one step; nothing for one that no pipeline writes. */
    public List<String> reads(String dataset) {
        Optional<DatasetLineage> written = lineage.ofDataset(dataset);
        if (written.isEmpty()) {
            return List.of();
        }
        Set<String> reads = new LinkedHashSet<>();
        lineage.filesOf(written.get().pipeline()).ifPresent(reads::add);
        Graph.Node node = graph.nodes().get(written.get().pipeline());
        if (node != null) {
            node.reads().forEach(name -> reads.add(spelt(name.toString())));
        }
        written.get()
                .columns()
                .forEach(column -> column.from().columns().stream()
                        .map(SourceColumn::table)
                        .forEach(reads::add));
        return List.copyOf(reads);
    }

    private String spelt(String dataset) {
        return lineage.ofDataset(dataset).map(DatasetLineage::dataset).orElse(dataset);
    }

    /** What is made from a dataset, in one step. */
    public List<String> readBy(String dataset) {
        return lineage.ofDataset(dataset)
                .map(written -> Objects.requireNonNull(graph.nodes().get(written.pipeline())))
                .map(node -> node.downstream().stream()
                        .map(name -> lineage.ofPipeline(name).orElseThrow().dataset())
                        .toList())
                .orElse(List.of());
    }

    /** What reads one of these, and whose columns cannot be followed: perhaps everything in it is reached. */
    public List<DatasetLineage> blind(Collection<String> datasets) {
        return datasets.stream()
                .flatMap(dataset -> readBy(dataset).stream())
                .distinct()
                .flatMap(next -> lineage.ofDataset(next).stream())
                .filter(next -> next.unknown() != null)
                .toList();
    }

    /** Every step on the ways, the nearest first. */
    public List<DatasetEdge> edges(String start, boolean up) {
        List<DatasetEdge> edges = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>(List.of(start));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            String here = open.removeFirst();
            for (String next : up ? reads(here) : readBy(here)) {
                edges.add(up ? new DatasetEdge(next, here) : new DatasetEdge(here, next));
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return edges;
    }
}
