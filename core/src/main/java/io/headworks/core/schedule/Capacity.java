package io.headworks.core.schedule;

import io.headworks.core.state.Slot;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is taken at the moment, by slots and by runs that somebody else started, and whether one more fits beside it. */
final class Capacity {
    private final Limits limits;
    private final Map<String, ScheduledPipeline> pipelines;
    private final Set<String> running = new HashSet<>();
    private final Set<String> places = new HashSet<>();
    private final Map<String, Integer> used = new LinkedHashMap<>();
    private int processes;

    Capacity(Limits limits, Map<String, ScheduledPipeline> pipelines) {
        this.limits = limits;
        this.pipelines = pipelines;
    }

    /** A process of a slot. */
    void take(Slot slot) {
        processes++;
        add(slot.pipeline());
    }

    /** A run that is under way, of a slot or not. */
    void takeRun(String pipeline) {
        if (!running.contains(pipeline)) {
            add(pipeline);
        }
    }

    private void add(String pipeline) {
        running.add(pipeline);
        ScheduledPipeline known = pipelines.get(pipeline);
        if (known != null) {
            places.addAll(known.places());
            known.connections().forEach(connection -> used.merge(connection, 1, Integer::sum));
        }
    }

    boolean isFull() {
        return processes >= limits.parallel();
    }

    /** Why it has to wait; null when it fits. */
    @Nullable
    String obstacle(ScheduledPipeline pipeline) {
        if (isFull()) {
            return limits.parallel() + " processes run";
        }
        if (running.contains(pipeline.name())) {
            return pipeline.name() + " runs";
        }
        for (String place : pipeline.places()) {
            if (places.contains(place)) {
                return "another run has " + place;
            }
        }
        for (String connection : pipeline.connections()) {
            Integer limit = limits.connections().get(connection);
            if (limit != null && used.getOrDefault(connection, 0) >= limit) {
                return limit + (limit == 1 ? " run uses " : " runs use ") + connection;
            }
        }
        return null;
    }
}
