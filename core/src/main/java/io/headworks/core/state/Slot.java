package io.headworks.core.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time at which a pipeline is to run by itself, or another cause to run it, and what came of it.
 *
 * @param slot what it is called among those of its pipeline: its instant
 * @param cause why it is there: the cron expression, or the inputs or files that are new
 * @param attempt how many processes were started for it; a process that was started for an earlier one does nothing
 * @param skips how many earlier slots it stands for, which had passed
 * @param stopAsked somebody wants it cancelled
 * @param lateAfter when the pipeline's sla_minutes will have passed; null when it promises nothing
 * @param lateAt when that was noticed; null while it is not late
 * @param outcome of one that is done: as of runs, or skipped
 * @param runId null where there is none, or there are several
 * @param holder who is at it: a scheduler while a process starts, then that process
 */
public record Slot(
        String id,
        String environment,
        String pipeline,
        String slot,
        Instant dueAt,
        int tier,
        String cause,
        Status status,
        int attempt,
        int skips,
        boolean stopAsked,
        @Nullable Instant lateAfter,
        @Nullable Instant lateAt,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String outcome,
        @Nullable Integer exitCode,
        @Nullable String runId,
        @Nullable String message,
        Holder holder) {

    /** How it stands. */
    public enum Status {
        /** Waits for its turn. */
        QUEUED,
        /** A process was asked for and has not answered yet. */
        STARTING,
        /** A process has taken it. */
        RUNNING,
        DONE
    }

    /**
     * A process.
     *
     * @param alive false when it is gone, or gave no sign of life for a lease's term
     * @param isHere whether it is one of this machine
     */
    public record Holder(long pid, String host, boolean isHere, boolean alive) {}

    /** The outcome of one that was not run, because a later one stands for it or nobody wants it made up for. */
    public static final String SKIPPED = "skipped";

    /** The outcome of one that somebody stopped. */
    public static final String CANCELLED = "cancelled";

    /** The outcome of one that went wrong. */
    public static final String FAILED = "failed";
}
