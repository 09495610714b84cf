package io.headworks.core.schedule;

import io.headworks.core.state.SlotCursors.Cursor;
import io.headworks.core.state.SlotStore.Due;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What makes slots of one pipeline. */
interface Trigger {

    /**
     * Looks whether there is something to do.
     *
     * @param cursor how far it has looked; null when it never did
     * @return what to queue and how far it has looked now; null when nothing changed
     */
    @Nullable
    Step look(@Nullable Cursor cursor, Instant now);

    /** Something has ended: whoever looks now and then only looks at the next occasion. */
    default void lookSoon() {}

    /** Slots, and the cursor behind them. */
    record Step(List<Due> due, Cursor cursor) {
        public Step {
            due = List.copyOf(due);
        }
    }
}
