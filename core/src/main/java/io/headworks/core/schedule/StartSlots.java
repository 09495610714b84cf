package io.headworks.core.schedule;

import io.headworks.core.run.Workspace;
import io.headworks.core.schedule.Children.Child;
import io.headworks.core.schedule.Children.Order;
import io.headworks.core.state.BackfillStore;
import io.headworks.core.state.KilledRuns;
import io.headworks.core.state.Slot;
import io.headworks.core.state.Slot.Status;
import io.headworks.core.state.SlotStore;
import io.headworks.core.state.StateDatabase;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes slots out of the queue, critical ones first, and starts a process for each, as far as there is room. */
final class StartSlots {
    private static final Comparator<Slot> ORDER =
            Comparator.comparingInt(Slot::tier).thenComparing(Slot::dueAt).thenComparing(Slot::pipeline);

    private final String environment;
    private final StateDatabase state;
    private final Workspace workspace;
    private final SlotStore store;
    private final Children children;
    private final Limits limits;
    private final ScheduleEvents events;

    StartSlots(
            String environment,
            StateDatabase state,
            Workspace workspace,
            Children children,
            Limits limits,
            ScheduleEvents events) {
        this.environment = environment;
        this.state = state;
        this.workspace = workspace;
        this.store = new SlotStore(state);
        this.children = children;
        this.limits = limits;
        this.events = events;
    }

    /**
     * Starts what there is room for.
     *
     * @param open slots that are not done, oldest first
     * @return the processes, by slot
     */
    Map<String, Child> start(List<Slot> open, Map<String, ScheduledPipeline> pipelines, Instant now) {
        Map<String, Child> started = new LinkedHashMap<>();
        List<Slot> queued = queued(open, pipelines, now);
        if (queued.isEmpty()) {
            return started;
        }
        Capacity capacity = capacity(open, pipelines, now);
        for (Slot slot : queued) {
            ScheduledPipeline pipeline = pipelines.get(slot.pipeline());
            if (capacity.isFull()) {
                break;
            }
            if (pipeline != null && capacity.obstacle(pipeline) == null && store.starting(slot)) {
                capacity.take(slot);
                begin(slot, now, started);
            }
        }
        return started;
    }

    private void begin(Slot slot, Instant now, Map<String, Child> started) {
        int attempt = slot.attempt() + 1;
        try {
            Child child = children.start(new Order(slot.id(), attempt, slot.pipeline()));
            started.put(slot.id(), child);
            events.started(slot, child.pid());
        } catch (IOException impossible) {
            String message = "Cannot start a process: " + impossible.getMessage();
            SlotStore.End end = new SlotStore.End(Slot.FAILED, null, null, message);
            if (store.end(slot.id(), attempt, Status.STARTING, end, now)) {
                store.byId(slot.id()).ifPresent(events::ended);
            }
        }
    }

    /** Those that are to run, in their order. A live run brings all that is new: of several that wait one is enough. */
    private List<Slot> queued(List<Slot> open, Map<String, ScheduledPipeline> pipelines, Instant now) {
        Map<String, Slot> newest = new LinkedHashMap<>();
        List<Slot> queued = new ArrayList<>();
        for (Slot slot : open) {
            if (slot.status() != Status.QUEUED || slot.stopAsked()) {
                continue;
            }
            ScheduledPipeline pipeline = pipelines.get(slot.pipeline());
            if (pipeline == null) {
                skip(slot, "the project has no pipeline " + slot.pipeline() + " any more", now);
            } else if (pipeline.makesUpForAll()) {
                queued.add(slot);
            } else {
                Slot earlier = newest.put(slot.pipeline(), slot);
                if (earlier != null) {
                    skip(earlier, "slot " + slot.slot() + " stands for it", now);
                }
            }
        }
        queued.addAll(newest.values());
        queued.sort(ORDER);
        return queued;
    }

    private void skip(Slot slot, String because, Instant now) {
        if (store.skip(slot, because, now)) {
            store.byId(slot.id()).ifPresent(events::ended);
        }
    }

    private Capacity capacity(List<Slot> open, Map<String, ScheduledPipeline> pipelines, Instant now) {
        Capacity capacity = new Capacity(limits, pipelines);
        open.stream()
                .filter(slot -> slot.status() == Status.STARTING || slot.status() == Status.RUNNING)
                .forEach(capacity::take);
        KilledRuns.close(state, now).forEach(workspace::remove);
        new BackfillStore(state).liveRuns(environment).forEach(run -> capacity.takeRun(run.pipeline()));
        return capacity;
    }
}
