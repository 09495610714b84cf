package io.headworks.core.record;

import java.util.Locale;

/** How a run stands. */
public enum RunStatus {
    QUEUED,
    RUNNING,
    /** Done, and something was verified (or there was nothing to do). */
    SUCCESS,
    /** Loaded, but no check was executed. */
    UNVERIFIED,
    /** Loaded; something after COMMIT failed. */
    PARTIAL,
    FAILED,
    CANCELLED;

    /** The spelling of documents. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isFinal() {
        return this != QUEUED && this != RUNNING;
    }

    /** True when data was published. */
    public boolean isPublished() {
        return this == SUCCESS || this == UNVERIFIED || this == PARTIAL;
    }
}
