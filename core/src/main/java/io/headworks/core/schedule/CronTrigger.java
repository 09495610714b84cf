package io.headworks.core.schedule;

import io.headworks.core.ledger.RunIds;
import io.headworks.core.spec.Schedule;
import io.headworks.core.spec.Schedule.Cron.CatchUp;
import io.headworks.core.state.SlotCursors.Cursor;
import io.headworks.core.state.SlotStore.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a cron expression, each once: from where the last look ended up to now. What had passed before the first
 * look is not made up for, nor before the first look at an expression that was changed.
 */
final class CronTrigger implements Trigger {
    /** A slot that is found so much later was missed: nobody was there to see it. */
    static final Duration ON_TIME = Duration.ofMinutes(1);

    /** More are queued at the next look. */
    private static final int AT_A_TIME = 200;

    private final ScheduledPipeline pipeline;
    private final Schedule.Cron schedule;
    private final CronSlots slots;

    CronTrigger(ScheduledPipeline pipeline, Schedule.Cron schedule) {
        this.pipeline = pipeline;
        this.schedule = schedule;
        this.slots = CronSlots.of(schedule);
    }

    @Override
    public @Nullable Step look(@Nullable Cursor cursor, Instant now) {
        String definition = pipeline.definition();
        if (cursor == null || !cursor.definition().equals(definition)) {
            return new Step(List.of(), new Cursor(definition, now, ""));
        }
        Instant first = slots.next(cursor.evaluatedTo());
        if (first == null || first.isAfter(now)) {
            return null;
        }
        return schedule.catchUp() == CatchUp.ALL ? all(cursor, now) : latest(cursor, first, now);
    }

    private Step all(Cursor cursor, Instant now) {
        List<Instant> due = slots.between(cursor.evaluatedTo(), now, AT_A_TIME);
        List<Due> queued = new ArrayList<>();
        due.forEach(slot -> queued.add(due(slot, 0, false, now)));
        Instant upTo = due.size() < AT_A_TIME ? now : due.get(due.size() - 1);
        return new Step(queued, new Cursor(cursor.definition(), upTo, ""));
    }

    private Step latest(Cursor cursor, Instant first, Instant now) {
        Instant latest = first;
        int passed = 0;
        Instant next = slots.next(first);
        while (next != null && !next.isAfter(now)) {
            latest = next;
            passed++;
            next = slots.next(next);
        }
        boolean missed = latest.plus(ON_TIME).isBefore(now);
        boolean skipped = missed && schedule.catchUp() == CatchUp.NONE;
        return new Step(List.of(due(latest, passed, skipped, now)), new Cursor(cursor.definition(), now, ""));
    }

    private Due due(Instant slot, int skips, boolean skipped, Instant now) {
        return new Due(
                RunIds.next(now),
                pipeline.name(),
                slot,
                pipeline.tier(),
                pipeline.definition(),
                skips,
                pipeline.sla() == null ? null : slot.plus(pipeline.sla()),
                skipped);
    }
}
