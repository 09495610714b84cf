package io.headworks.core.schedule;

import io.headworks.api.failure.HeadworksException;
import io.headworks.core.connection.Connectors;
import io.headworks.core.spec.Schedule;
import io.headworks.core.state.PublishedRuns;
import io.headworks.core.state.SlotCursors;
import io.headworks.core.state.SlotCursors.Cursor;
import io.headworks.core.state.SlotStore;
import io.headworks.core.state.StateDatabase;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what is due and puts it into the queue. The only one that moves the cursors of its environment. */
final class DueSlots {
    private final String environment;
    private final Connectors connectors;
    private final SlotStore store;
    private final PublishedRuns runs;
    private final ScheduleEvents events;
    private final Map<String, Cursor> cursors;
    private final Map<String, Trigger> triggers = new LinkedHashMap<>();
    private final Map<String, String> problems = new LinkedHashMap<>();

    DueSlots(String environment, Connectors connectors, StateDatabase state, ScheduleEvents events) {
        this.environment = environment;
        this.connectors = connectors;
        this.store = new SlotStore(state);
        this.runs = new PublishedRuns(state);
        this.events = events;
        this.cursors = new LinkedHashMap<>(new SlotCursors(state).of(environment));
    }

    /** From now on these pipelines, as they are now. */
    void follow(Collection<ScheduledPipeline> pipelines) {
        triggers.clear();
        for (ScheduledPipeline pipeline : pipelines) {
            trigger(pipeline).ifPresent(trigger -> triggers.put(pipeline.name(), trigger));
            tell(pipeline.name(), pipeline.problem() == null ? "" : pipeline.name() + " " + pipeline.problem());
        }
    }

    private Optional<Trigger> trigger(ScheduledPipeline pipeline) {
        ScheduledPipeline.Files files = pipeline.files();
        if (pipeline.problem() != null) {
            return Optional.empty();
        } else if (pipeline.schedule() instanceof Schedule.Cron cron) {
            return Optional.of(new CronTrigger(pipeline, cron));
        } else if (pipeline.schedule() instanceof Schedule.AfterInputs) {
            return Optional.of(new InputsTrigger(pipeline, environment, runs));
        } else if (pipeline.schedule() instanceof Schedule.OnFiles && files != null) {
            return Optional.of(new FilesTrigger(pipeline, files, connectors.of(files.connection())));
        }
        return Optional.empty();
    }

    /** A slot has ended: what waits for its data is looked at with the next call of {@link #queue}. */
    void lookSoon() {
        triggers.values().forEach(Trigger::lookSoon);
    }

    /** Queues what is due now. What cannot be looked at is told, and looked at again the next time. */
    void queue(Instant now) {
        triggers.forEach((pipeline, trigger) -> {
            try {
                Cursor cursor = cursors.get(pipeline);
                tell(pipeline, isAhead(cursor, now) ? ahead(pipeline, Objects.requireNonNull(cursor)) : "");
                Trigger.Step step = trigger.look(cursor, now);
                if (step != null) {
                    store.queue(environment, pipeline, step.due(), step.cursor(), now)
                            .forEach(events::queued);
                    cursors.put(pipeline, step.cursor());
                }
            } catch (HeadworksException failed) {
                tell(pipeline, "Cannot tell whether " + pipeline + " is due: " + failed.getMessage());
            }
        });
    }

    /** The clock was set back: what it shows now was looked at already. */
    static boolean isAhead(@Nullable Cursor cursor, Instant now) {
        return cursor != null && cursor.evaluatedTo().isAfter(now.plus(CronTrigger.ON_TIME));
    }

    static String ahead(String pipeline, Cursor cursor) {
        return pipeline + " has no slots until " + cursor.evaluatedTo()
                + ": those before were queued when the clock had been ahead";
    }

    /** Each thing once, until something else is told of the pipeline. */
    private void tell(String pipeline, String problem) {
        if (!problem.equals(problems.put(pipeline, problem)) && !problem.isEmpty()) {
            events.problem(problem);
        }
    }
}
