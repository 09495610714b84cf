package io.headworks.core.lineage;

import io.headworks.api.lineage.SourceColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lineage as a Mermaid flowchart: from left to right, the way that the data goes. */
public final class LineageMermaid {
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>(List.of("flowchart LR"));

    private LineageMermaid() {}

    /** Columns in a box for each dataset. */
    public static List<String> ofColumns(SourceColumn start, List<Edge> edges) {
        LineageMermaid chart = new LineageMermaid();
        Map<String, Set<SourceColumn>> boxes = new LinkedHashMap<>();
        Set<SourceColumn> columns = new LinkedHashSet<>(List.of(start));
        edges.forEach(edge -> columns.addAll(List.of(edge.from(), edge.to())));
        columns.forEach(column -> boxes.computeIfAbsent(column.table(), first -> new LinkedHashSet<>())
                .add(column));
        boxes.forEach(chart::box);
        edges.forEach(edge -> chart.lines.add("  " + chart.id(edge.from().toString()) + " -->|"
                + LineageText.uses(edge.uses()) + "| " + chart.id(edge.to().toString())));
        return List.copyOf(chart.lines);
    }

    private void box(String dataset, Set<SourceColumn> columns) {
        lines.add("  subgraph " + id(dataset) + "[" + quoted(dataset) + "]");
        columns.forEach(column -> lines.add("    " + id(column.toString()) + "[" + quoted(column.column()) + "]"));
        lines.add("  end");
    }

    /** Datasets alone. */
    public static List<String> ofDatasets(String start, List<DatasetEdge> edges) {
        LineageMermaid chart = new LineageMermaid();
        Set<String> datasets = new LinkedHashSet<>(List.of(start));
        edges.forEach(edge -> datasets.addAll(List.of(edge.from(), edge.to())));
        datasets.forEach(dataset -> chart.lines.add("  " + chart.id(dataset) + "[" + quoted(dataset) + "]"));
        edges.forEach(edge -> chart.lines.add("  " + chart.id(edge.from()) + " --> " + chart.id(edge.to())));
        return List.copyOf(chart.lines);
    }

    private String id(String name) {
        return ids.computeIfAbsent(name, first -> "n" + ids.size());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "#quot;") + '"';
    }
}
