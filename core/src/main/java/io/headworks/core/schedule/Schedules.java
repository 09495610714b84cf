package io.headworks.core.schedule;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.service.ProjectState;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.Schedule;
import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.state.SchedulerSeat;
import io.headworks.core.state.Slot;
import io.headworks.core.state.Slot.Status;
import io.headworks.core.state.SlotCursors;
import io.headworks.core.state.SlotCursors.Cursor;
import io.headworks.core.state.SlotStore;
import io.headworks.core.state.SlotStore.Due;
import io.headworks.core.state.StateDatabase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What people ask of schedules: how they stand, a slot now, a slot less. */
public final class Schedules {
    private final Setup setup;
    private final Project project;
    private final ProjectState place;
    private final String environment;

    public Schedules(Setup setup, Project project, ProjectState place) {
        this.setup = setup;
        this.project = project;
        this.place = place;
        this.environment = project.environment().name();
    }

    /** What the state knows. */
    private record Kept(
            Map<String, Cursor> cursors,
            Map<String, Slot> last,
            Map<String, Slot> open,
            SchedulerSeat.@Nullable Holder scheduler) {}

    /**
     * The public document of {@code hw schedule}.
     *
     * @param next how many of the slots to come are told
     */
    public Map<String, @Nullable Object> document(int next) {
        Kept kept = read(this::kept, new Kept(Map.of(), Map.of(), Map.of(), null));
        List<Map<String, @Nullable Object>> pipelines = new ArrayList<>();
        for (ScheduledPipeline pipeline : ScheduledPipeline.of(project, setup.connectors())) {
            pipelines.add(pipeline(pipeline, kept, next));
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("project", project.name());
        tree.put("environment", environment);
        tree.put("scheduler", scheduler(kept.scheduler()));
        tree.put("pipelines", pipelines);
        tree.put("problems", ScheduledPipeline.disobeyed(project));
        return tree;
    }

    private Kept kept(StateDatabase state) {
        SlotStore store = new SlotStore(state);
        Map<String, Slot> last = new LinkedHashMap<>();
        store.lastDone(environment).forEach(slot -> last.put(slot.pipeline(), slot));
        Map<String, Slot> open = new LinkedHashMap<>();
        // one that runs tells more than one that waits behind it
        store.open(environment)
                .forEach(slot ->
                        open.merge(slot.pipeline(), slot, (one, other) -> one.status() == Status.QUEUED ? other : one));
        return new Kept(
                new SlotCursors(state).of(environment),
                last,
                open,
                new SchedulerSeat(state, environment)
                        .holder()
                        .filter(SchedulerSeat.Holder::alive)
                        .orElse(null));
    }

    private Map<String, @Nullable Object> pipeline(ScheduledPipeline pipeline, Kept kept, int next) {
        Schedule.Cron cron = pipeline.schedule() instanceof Schedule.Cron found ? found : null;
        Instant now = setup.clock().instant();
        Cursor cursor = kept.cursors().get(pipeline.name());
        String problem = pipeline.problem() == null ? null : pipeline.name() + " " + pipeline.problem();
        if (problem == null && DueSlots.isAhead(cursor, now) && cursor != null) {
            problem = DueSlots.ahead(pipeline.name(), cursor);
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", pipeline.name());
        tree.put("trigger", pipeline.trigger());
        tree.put("cron", cron == null ? null : cron.expression());
        tree.put("timezone", cron == null ? null : ScheduledPipeline.zone(cron));
        tree.put("catch_up", cron == null ? null : cron.catchUp().name().toLowerCase(Locale.ROOT));
        tree.put("tier", pipeline.tier());
        tree.put("sla_minutes", pipeline.sla() == null ? null : pipeline.sla().toMinutes());
        tree.put("next", cron == null ? List.of() : next(cron, now, next));
        tree.put("open", slot(kept.open().get(pipeline.name())));
        tree.put("last", slot(kept.last().get(pipeline.name())));
        tree.put("problem", problem);
        return tree;
    }

    private static List<Map<String, @Nullable Object>> next(Schedule.Cron cron, Instant now, int count) {
        ZoneId zone = cron.timezone();
        List<Map<String, @Nullable Object>> slots = new ArrayList<>();
        CronSlots.of(cron).between(now, Instant.MAX, count).forEach(slot -> {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("at", slot.toString());
            tree.put("local", slot.atZone(zone).toOffsetDateTime().toString());
            slots.add(tree);
        });
        return slots;
    }

    private static @Nullable Map<String, @Nullable Object> slot(@Nullable Slot slot) {
        return slot == null ? null : SlotDocument.of(slot);
    }

    private static @Nullable Map<String, @Nullable Object> scheduler(SchedulerSeat.@Nullable Holder holder) {
        if (holder == null) {
            return null;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("pid", holder.pid());
        tree.put("host", holder.host());
        tree.put("since", holder.since().toString());
        return tree;
    }

    /** The newest slots, of one pipeline or of all, newest first. */
    public List<Slot> slots(@Nullable String pipeline, int most) {
        return read(state -> new SlotStore(state).newest(environment, pipeline, most), List.of());
    }

    /**
     * Queues a slot now, whatever the schedule: somebody asks for it, or a system that has called.
     *
     * @throws HeadworksException of kind PROJECT when there is no such pipeline
     */
    public Slot trigger(String name, String cause) {
        List<ScheduledPipeline> all = ScheduledPipeline.of(project, setup.connectors());
        ScheduledPipeline pipeline = all.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        unknown(name, all.stream().map(ScheduledPipeline::name).toList()));
        Instant now = setup.clock().instant();
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        try (StateDatabase state = place.open()) {
            SlotStore store = new SlotStore(state);
            while (true) {
                String id = RunIds.next(now);
                Instant late = pipeline.sla() == null ? null : at.plus(pipeline.sla());
                Due due = new Due(id, name, at, pipeline.tier(), cause, 0, late, false);
                if (store.queue(environment, due, now)) {
                    return store.byId(id).orElseThrow();
                }
                // two in one millisecond are two
                at = at.plusMillis(1);
            }
        }
    }

    private static HeadworksException unknown(String name, List<String> names) {
        String near = Nearest.to(name, names);
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot queue " + name + ": the project has no such pipeline",
                near == null ? "hw schedule lists them" : "did you mean " + near + "? hw schedule lists them");
    }

    /**
     * Takes a slot that waits out of the queue, and asks for the end of one that runs.
     *
     * @param id the beginning of its id
     * @throws HeadworksException of kind PROJECT when there is none that is not done, or several begin so
     */
    public Slot cancel(String id) {
        List<Slot> found = id.isBlank() ? List.of() : read(state -> new SlotStore(state).find(id), List.of());
        if (found.size() != 1 || found.get(0).status() == Status.DONE) {
            String reason = found.isEmpty()
                    ? "there is none of that id"
                    : found.size() > 1
                            ? "several begin with that"
                            : "it is done: " + found.get(0).outcome();
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot cancel slot " + id + ": " + reason, "hw schedule slots lists them");
        }
        Slot slot = found.get(0);
        try (StateDatabase state = place.open()) {
            SlotStore store = new SlotStore(state);
            SlotStore.End end = new SlotStore.End(Slot.CANCELLED, null, null, "cancelled before it began");
            if (!store.end(
                    slot.id(), slot.attempt(), Status.QUEUED, end, setup.clock().instant())) {
                store.requestStop(slot.id());
            }
            return store.byId(slot.id()).orElseThrow();
        }
    }

    private <T> T read(Function<StateDatabase, T> reader, T whenNothing) {
        if (!place.isThere()) {
            return whenNothing;
        }
        try (StateDatabase state = place.open()) {
            return reader.apply(state);
        }
    }
}
