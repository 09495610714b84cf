package io.headworks.core.schedule;

import io.headworks.core.state.Slot;
import io.headworks.core.state.SlotStore.Due;

/** What happens to slots, for whoever tells people. Called by the scheduler's thread. */
public interface ScheduleEvents {

    /** A slot waits for its turn, or was left out on purpose. */
    void queued(Due due);

    /** A process was started for it. */
    void started(Slot slot, long pid);

    /** A process that an earlier scheduler started is at it, and goes on. */
    void adopted(Slot slot);

    /** It is done, whoever ended it. */
    void ended(Slot slot);

    /** Its sla_minutes have passed and it is not done; told once. */
    void late(Slot slot);

    /** Its process is asked to stop. */
    void stopping(Slot slot, String why);

    /** Something that keeps slots from being found or done. */
    void problem(String sentence);
}
