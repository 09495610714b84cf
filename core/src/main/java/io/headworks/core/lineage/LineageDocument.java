package io.headworks.core.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.SourceColumn;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The public document of {@code hw lineage}. */
public final class LineageDocument {
    private final ProjectLineage lineage;

    public LineageDocument(ProjectLineage lineage) {
        this.lineage = lineage;
    }

    /** Of a dataset: every dataset on the ways with its columns, and the steps between them. */
    public Map<String, @Nullable Object> ofDataset(DatasetLineage start, boolean up) {
        List<DatasetEdge> steps = new DatasetWalk(lineage).edges(start.dataset(), up);
        Set<String> datasets = new LinkedHashSet<>(List.of(start.dataset()));
        steps.forEach(step -> datasets.addAll(List.of(step.from(), step.to())));
        Map<String, @Nullable Object> tree = head(start, null, up);
        tree.put("datasets", datasets.stream().map(this::dataset).toList());
        tree.put(
                "edges",
                steps.stream()
                        .map(step -> edge(place(step.from(), null), place(step.to(), null), Set.of()))
                        .toList());
        tree.put("unknown", unknown(datasets));
        return tree;
    }

    /** Of one column: the steps on its ways. */
    public Map<String, @Nullable Object> ofColumn(DatasetLineage start, String column, List<Edge> edges, boolean up) {
        Map<String, @Nullable Object> tree = head(start, column, up);
        tree.put("datasets", List.of());
        tree.put("edges", edges.stream().map(LineageDocument::edge).toList());
        Set<String> datasets = new LinkedHashSet<>(List.of(start.dataset()));
        edges.forEach(
                edge -> datasets.addAll(List.of(edge.from().table(), edge.to().table())));
        if (!up) {
            new DatasetWalk(lineage).blind(List.copyOf(datasets)).forEach(blind -> datasets.add(blind.dataset()));
        }
        tree.put("unknown", unknown(datasets));
        return tree;
    }

    private static Map<String, @Nullable Object> head(DatasetLineage start, @Nullable String column, boolean up) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", start.pipeline());
        tree.put("dataset", start.dataset());
        tree.put("column", column);
        tree.put("direction", up ? "upstream" : "downstream");
        return tree;
    }

    private Map<String, @Nullable Object> dataset(String name) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("dataset", name);
        DatasetLineage found = lineage.ofDataset(name).orElse(null);
        tree.put("pipeline", found == null ? null : found.pipeline());
        if (found != null) {
            tree.put("unknown", found.unknown());
            tree.put("complete", found.complete());
            tree.put(
                    "columns",
                    found.columns().stream().map(LineageDocument::column).toList());
            tree.put("rows", uses(found.rows()));
        }
        return tree;
    }

    private static Map<String, @Nullable Object> column(Column column) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", column.name());
        tree.put("from", uses(column.from()));
        return tree;
    }

    private static List<Object> uses(Dependence from) {
        List<Object> uses = new ArrayList<>();
        from.uses().forEach((column, each) -> {
            Map<String, @Nullable Object> tree = place(column);
            tree.put("uses", names(each));
            uses.add(tree);
        });
        return uses;
    }

    private static Map<String, @Nullable Object> place(SourceColumn column) {
        return place(column.table(), column.column());
    }

    private static Map<String, @Nullable Object> place(String dataset, @Nullable String column) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("dataset", dataset);
        tree.put("column", column);
        return tree;
    }

    private static Map<String, @Nullable Object> edge(Edge edge) {
        return edge(place(edge.from()), place(edge.to()), edge.uses());
    }

    private static Map<String, @Nullable Object> edge(
            Map<String, @Nullable Object> from, Map<String, @Nullable Object> to, Set<Use> uses) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("from", from);
        tree.put("to", to);
        tree.put("uses", names(uses));
        return tree;
    }

    private static List<String> names(Collection<Use> uses) {
        return uses.stream()
                .sorted()
                .map(use -> use.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** By dataset, why nothing is known of its columns. */
    private Map<String, String> unknown(Set<String> datasets) {
        Map<String, String> unknown = new LinkedHashMap<>();
        datasets.forEach(name -> lineage.ofDataset(name).ifPresent(dataset -> {
            String why = dataset.unknown();
            if (why != null) {
                unknown.put(dataset.dataset(), why);
            }
        }));
        return unknown;
    }
}
