package io.headworks.cli;

import io.headworks.core.schedule.ScheduleEvents;
import io.headworks.core.state.Slot;
import io.headworks.core.state.SlotStore.Due;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What happens to slots, a line each, and those that ended for who asks at the end. */
final class ScheduleLines implements ScheduleEvents {
    private final Console console;
    private final Clock clock;
    private final boolean keeps;
    private final List<Slot> ended = new ArrayList<>();

    /** @param keeps whether slots that end are remembered, for a document */
    ScheduleLines(Console console, Clock clock, boolean keeps) {
        this.console = console;
        this.clock = clock;
        this.keeps = keeps;
    }

    List<Slot> ended() {
        return Collections.unmodifiableList(ended);
    }

    @Override
    public void queued(Due due) {
        String more = due.skips() == 0 ? "" : ", stands for " + due.skips() + " earlier ones";
        tell(due.pipeline() + " " + due.dueAt() + (due.skipped() ? " skipped" : " queued") + more + " (" + due.cause()
                + ")");
    }

    @Override
    public void started(Slot slot, long pid) {
        tell(slot.pipeline() + " " + slot.slot() + " started, process " + pid);
    }

    @Override
    public void adopted(Slot slot) {
        tell(slot.pipeline() + " " + slot.slot() + " goes on in process "
                + slot.holder().pid());
    }

    @Override
    public void ended(Slot slot) {
        if (keeps) {
            ended.add(slot);
        }
        String message = slot.message() == null ? "" : ": " + slot.message();
        String run = slot.runId() == null ? "" : ", run " + slot.runId();
        tell(slot.pipeline() + " " + slot.slot() + " " + slot.outcome() + run + message);
    }

    @Override
    public void late(Slot slot) {
        tell("ALERT " + slot.pipeline() + " " + slot.slot() + " is late: its data was promised by " + slot.lateAfter());
    }

    @Override
    public void stopping(Slot slot, String why) {
        tell(slot.pipeline() + " " + slot.slot() + " is asked to stop: " + why);
    }

    @Override
    public void problem(String sentence) {
        tell("ALERT " + sentence);
    }

    private void tell(String text) {
        console.note(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + text);
    }
}
