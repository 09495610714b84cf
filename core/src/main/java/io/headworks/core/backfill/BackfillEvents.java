package io.headworks.core.backfill;

import io.headworks.core.record.RunRecord;

/** What whoever started a backfill may listen to. Called on the threads of its datasets, one at a time each. */
public interface BackfillEvents {
    BackfillEvents NONE = new BackfillEvents() {};

    /** Its id is known, and it can be resumed from here on. */
    default void started(String id) {}

    /** A live run goes first. */
    default void waiting(String pipeline, String why) {}

    /**
     * A run ended.
     *
     * @param slice empty for a dataset that is made again as a whole
     * @param done of all runs of the backfill
     */
    default void ran(RunRecord run, String slice, int done, int all) {}
}
