package io.headworks.core.schedule;

import io.headworks.core.json.Json;
import io.headworks.core.run.Workspace;
import io.headworks.core.schedule.Children.Child;
import io.headworks.core.state.KilledRuns;
import io.headworks.core.state.Slot;
import io.headworks.core.state.Slot.Status;
import io.headworks.core.state.SlotStore;
import io.headworks.core.state.SlotStore.End;
import io.headworks.core.state.StateDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks after slots that were begun, by this scheduler or one before it: notices their ends, closes those whose process is
 * gone, stops what takes too long, and says what is late.
 */
final class SettleSlots {
    private static final Duration AFTER_ASKED = Duration.ofSeconds(60);
    private static final int INTERRUPTED = 130;
    private static final int KILLED = 137;

    private final StateDatabase state;
    private final Workspace workspace;
    private final SlotStore store;
    private final ScheduleEvents events;
    private final Map<String, Child> own = new HashMap<>();
    private final Map<String, Instant> asked = new HashMap<>();
    private final Set<String> adopted = new HashSet<>();
    private Map<String, Slot> begun = new LinkedHashMap<>();

    SettleSlots(StateDatabase state, Workspace workspace, ScheduleEvents events) {
        this.state = state;
        this.workspace = workspace;
        this.store = new SlotStore(state);
        this.events = events;
    }

    /** Processes that were started just now, by slot. */
    void follow(Map<String, Child> started) {
        own.putAll(started);
    }

    /**
     * Looks once.
     *
     * @param open slots that are not done
     * @return true when one has ended since the last look
     */
    boolean settle(List<Slot> open, Map<String, ScheduledPipeline> pipelines, Instant now) {
        Map<String, Slot> still = new LinkedHashMap<>();
        for (Slot slot : open) {
            switch (slot.status()) {
                case QUEUED -> queued(slot, now);
                case STARTING -> starting(slot, now);
                case RUNNING -> running(slot, pipelines.get(slot.pipeline()), now);
                case DONE -> {}
            }
            if (slot.lateAfter() != null
                    && slot.lateAt() == null
                    && slot.lateAfter().isBefore(now)) {
                late(slot, now);
            }
            if (slot.status() != Status.QUEUED || own.containsKey(slot.id())) {
                still.put(slot.id(), slot);
            }
        }
        Set<String> known = new HashSet<>(begun.keySet());
        known.addAll(own.keySet());
        known.removeAll(still.keySet());
        known.stream().sorted().forEach(this::over);
        begun = still;
        return !known.isEmpty();
    }

    private void queued(Slot slot, Instant now) {
        if (slot.stopAsked()) {
            End end = new End(Slot.CANCELLED, null, null, "cancelled before it began");
            if (store.end(slot.id(), slot.attempt(), Status.QUEUED, end, now)) {
                over(slot.id());
            }
        }
    }

    private void starting(Slot slot, Instant now) {
        Child child = own.get(slot.id());
        boolean self = slot.holder().isHere()
                && slot.holder().pid() == ProcessHandle.current().pid();
        if (child == null) {
            // who was to start its process is gone; a process that it did start will find that it is not wanted any
            // more
            if ((self || !slot.holder().alive()) && store.requeue(slot)) {
                adopted.remove(slot.id());
            }
        } else if (child.hasEnded()) {
            own.remove(slot.id());
            if (child.exitCode() == INTERRUPTED) {
                store.requeue(slot);
            } else {
                String words = child.lastWords().strip();
                String message = "Its process ended with " + child.exitCode() + " before it began"
                        + (words.isEmpty() ? "" : ": " + words);
                store.end(
                        slot.id(),
                        slot.attempt(),
                        Status.STARTING,
                        new End(Slot.FAILED, child.exitCode(), null, message),
                        now);
            }
        }
    }

    private void running(Slot slot, @Nullable ScheduledPipeline pipeline, Instant now) {
        if (!slot.holder().alive()) {
            store.end(slot.id(), slot.attempt(), Status.RUNNING, killed(slot, pipeline, now), now);
            return;
        }
        if (!own.containsKey(slot.id()) && adopted.add(slot.id())) {
            events.adopted(slot);
        }
        Duration longest = pipeline == null ? null : pipeline.longest();
        Instant started = slot.startedAt();
        if (slot.stopAsked()) {
            stop(slot, "somebody cancelled it", now);
        } else if (longest != null && started != null && started.plus(longest).isBefore(now)) {
            stop(slot, "it has not ended " + longest.toMinutes() + " min after it began", now);
        }
    }

    /** Asks first; what does not listen is killed, and its target rolls back. */
    void stop(Slot slot, String why, Instant now) {
        if (!slot.holder().isHere()) {
            return;
        }
        Instant before = asked.get(slot.id());
        Optional<ProcessHandle> process = ProcessHandle.of(slot.holder().pid());
        if (before == null) {
            asked.put(slot.id(), now);
            events.stopping(slot, why);
            process.ifPresent(ProcessHandle::destroy);
        } else if (before.plus(AFTER_ASKED).isBefore(now)) {
            process.ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private void late(Slot slot, Instant now) {
        if (store.late(slot, now)) {
            events.late(slot);
        }
    }

    /** What a process that is gone had done by then, as the record of its run says. */
    private End killed(Slot slot, @Nullable ScheduledPipeline pipeline, Instant now) {
        KilledRuns.close(state, now).forEach(workspace::remove);
        Map<String, @Nullable Object> run =
                store.runOf(slot).map(Json::readObject).orElse(Map.of());
        Object status = run.get("status");
        boolean whole = slot.pipeline().equals(run.get("pipeline_name")) && pipeline != null;
        boolean ended = status != null && !status.equals("running") && !status.equals("queued");
        String runId = run.get("run_id") == null ? null : String.valueOf(run.get("run_id"));
        if (whole && ended) {
            Object message = run.get("error_message");
            int exitCode = run.get("exit_code") instanceof Number number ? number.intValue() : KILLED;
            return new End(String.valueOf(status), exitCode, runId, message == null ? null : String.valueOf(message));
        }
        String message = runId == null ? "its process was killed before a run began" : "its process was killed";
        return new End(Slot.FAILED, KILLED, runId, message);
    }

    private void over(String id) {
        own.remove(id);
        asked.remove(id);
        adopted.remove(id);
        store.byId(id).filter(slot -> slot.status() == Status.DONE).ifPresent(events::ended);
    }

    /** True while a process that this scheduler started has not ended. */
    boolean isBusy() {
        return own.values().stream().anyMatch(child -> !child.hasEnded());
    }
}
