package io.headworks.core.spec.loading;

import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.descriptor.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Orders pipelines by the datasets they read and write. */
final class GraphBuilder {
    private final Map<String, PipelineSpec> pipelines = new TreeMap<>();
    private final Map<String, Set<DatasetName>> reads = new TreeMap<>();
    private final Map<String, Set<String>> upstream = new TreeMap<>();
    private final Map<String, Set<String>> downstream = new TreeMap<>();

    GraphBuilder(Collection<PipelineSpec> all, PipelineReads found) {
        all.forEach(each -> pipelines.putIfAbsent(each.name(), each));
        pipelines.keySet().forEach(name -> downstream.put(name, new TreeSet<>()));
        pipelines.values().forEach(each -> connect(each, found));
    }

    private void connect(PipelineSpec pipeline, PipelineReads found) {
        Set<DatasetName> datasets = found.of(pipeline);
        Set<String> from = new TreeSet<>();
        for (DatasetName dataset : datasets) {
            String name = found.producer(dataset);
            if (name != null && pipelines.containsKey(name) && !name.equals(pipeline.name())) {
                from.add(name);
                downstream.computeIfAbsent(name, each -> new TreeSet<>()).add(pipeline.name());
            }
        }
        reads.put(pipeline.name(), datasets);
        upstream.put(pipeline.name(), from);
    }

    /** The graph; what goes round in circles is reported and left out. */
    Graph build(Problems problems) {
        Map<String, Graph.Node> ordered = new LinkedHashMap<>();
        Map<String, Integer> waiting = new TreeMap<>();
        PriorityQueue<String> free = new PriorityQueue<>();
        upstream.forEach((name, from) -> waiting.put(name, from.size()));
        waiting.forEach((name, count) -> {
            if (count == 0) {
                free.add(name);
            }
        });
        for (String name = free.poll(); name != null; name = free.poll()) {
            ordered.put(name, node(name));
            waiting.remove(name);
            for (String next : downstream.getOrDefault(name, Set.of())) {
                if (waiting.merge(next, -1, Integer::sum) == 0) {
                    free.add(next);
                }
            }
        }
        reportCycles(waiting.keySet(), problems);
        return new Graph(ordered);
    }

    private Graph.Node node(String name) {
        PipelineSpec pipeline = pipelines.get(name);
        if (pipeline == null) {
            throw new IllegalStateException("no pipeline " + name);
        }
        return new Graph.Node(
                name,
                List.copyOf(reads.getOrDefault(name, Set.of())),
                pipeline.writes(),
                List.copyOf(upstream.getOrDefault(name, Set.of())),
                List.copyOf(downstream.getOrDefault(name, Set.of())));
    }

    private void reportCycles(Set<String> stuck, Problems problems) {
        Set<String> reported = new LinkedHashSet<>();
        for (String start : stuck) {
            List<String> cycle = reported.contains(start) ? List.of() : cycleFrom(start, stuck);
            PipelineSpec pipeline = pipelines.get(start);
            if (!cycle.isEmpty() && pipeline != null) {
                reported.addAll(cycle);
                problems.error(
                        pipeline.place(),
                        "cycle",
                        "Cannot order pipelines: " + String.join(" reads ", cycle) + " reads " + start,
                        "let one of them read another table");
            }
        }
    }

    /** The shortest way from a pipeline up to itself; empty when it only hangs on a cycle. */
    private List<String> cycleFrom(String start, Set<String> stuck) {
        Map<String, List<String>> ways = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        ways.put(start, List.of(start));
        while (!open.isEmpty()) {
            String here = open.removeFirst();
            List<String> way = ways.getOrDefault(here, List.of());
            for (String next : upstream.getOrDefault(here, Set.of())) {
                if (next.equals(start)) {
                    return way;
                }
                if (stuck.contains(next) && !ways.containsKey(next)) {
                    List<String> longer = new ArrayList<>(way);
                    longer.add(next);
                    ways.put(next, longer);
                    open.add(next);
                }
            }
        }
        return List.of();
    }
}
