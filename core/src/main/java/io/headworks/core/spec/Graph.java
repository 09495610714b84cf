package io.headworks.core.spec;

import io.headworks.api.dataset.DatasetName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which pipeline reads what another writes. Nodes stand in an order in which each comes after what it reads. */
public record Graph(Map<String, Node> nodes) {
    public static final Graph EMPTY = new Graph(Map.of());

    /**
     * A pipeline in the graph.
     *
     * @param reads every dataset it reads, with connections
     * @param upstream pipelines that write one of them
     * @param downstream pipelines that read what it writes
     */
    public record Node(
            String pipeline,
            List<DatasetName> reads,
            DatasetName writes,
            List<String> upstream,
            List<String> downstream) {
        public Node {
            reads = List.copyOf(reads);
            upstream = List.copyOf(upstream);
            downstream = List.copyOf(downstream);
        }
    }

    public Graph {
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    }

    /** All pipelines, each after those it reads from. */
    public List<String> order() {
        return List.copyOf(nodes.keySet());
    }

    /** Everything the pipeline's data comes from, itself left out, in no promised order. */
    public Set<String> ancestors(String pipeline) {
        return reach(pipeline, true);
    }

    /** Everything that the pipeline's data goes into, itself left out, in no promised order. */
    public Set<String> descendants(String pipeline) {
        return reach(pipeline, false);
    }

    private Set<String> reach(String pipeline, boolean up) {
        Set<String> reached = new LinkedHashSet<>();
        List<String> open = new java.util.ArrayList<>(List.of(pipeline));
        while (!open.isEmpty()) {
            Node node = nodes.get(open.remove(open.size() - 1));
            if (node != null) {
                (up ? node.upstream() : node.downstream())
                        .stream().filter(reached::add).forEach(open::add);
            }
        }
        reached.remove(pipeline);
        return reached;
    }
}
