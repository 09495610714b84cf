package io.headworks.core.run;

import io.headworks.core.plan.Request;
import io.headworks.core.reject.CorrectedRows;
import org.jspecify.annotations.Nullable;

/**
 * How a run was asked for.
 *
 * @param trigger manual, schedule, retry of a run, backfill of an id, dry run or replay; a replay loads what waits in the dead letter, not the source
 * @param approvedHash the run does exactly this plan or nothing; null when none was approved
 * @param overrideGate why failing checks and breakers are to be ignored; null when they are not
 * @param keptRun the run whose kept batch is to be published, if there is one; null to extract in any case
 * @param corrected the rows of a replay as somebody has corrected them
 */
public record RunSettings(
        Request request,
        String trigger,
        @Nullable String approvedHash,
        @Nullable String overrideGate,
        @Nullable String keptRun,
        CorrectedRows corrected) {
    public RunSettings(
            Request request,
            String trigger,
            @Nullable String approvedHash,
            @Nullable String overrideGate,
            @Nullable String keptRun) {
        this(request, trigger, approvedHash, overrideGate, keptRun, CorrectedRows.NONE);
    }

    public static final RunSettings LIVE = new RunSettings(Request.LIVE, "manual", null, null, null);
    private static final String REPLAY = "replay";

    /** How triggers of runs begin that a backfill started. */
    public static final String BACKFILL = "backfill ";

    /** @param forced why a guarded environment is written to without an approved plan; null when it is not guarded */
    public static RunSettings replay(@Nullable String forced) {
        return new RunSettings(
                Request.LIVE, forced == null ? REPLAY : REPLAY + ", forced: " + forced, null, null, null);
    }

    /** A replay of the rows that somebody has corrected, and of no others. */
    public static RunSettings replay(@Nullable String forced, CorrectedRows corrected) {
        RunSettings all = replay(forced);
        return new RunSettings(all.request(), all.trigger(), null, null, null, corrected);
    }

    /** The trigger of a run that writes nothing. */
    public static final String DRY_RUN = "dry run";

    /** The same without a write into the target. */
    public RunSettings dry() {
        return new RunSettings(request, DRY_RUN, approvedHash, overrideGate, null);
    }

    boolean isDry() {
        return trigger.equals(DRY_RUN);
    }

    /**
     * A part of a backfill.
     *
     * @param forced why a guarded environment is written to without an approved plan; null when it is not guarded
     */
    public static RunSettings backfill(Request request, String id, @Nullable String forced) {
        String because = forced == null ? BACKFILL + id : BACKFILL + id + ", forced: " + forced;
        return new RunSettings(request, because, null, null, null);
    }

    boolean isBackfill() {
        return trigger.startsWith(BACKFILL);
    }

    boolean isReplay() {
        return trigger.equals(REPLAY) || trigger.startsWith(REPLAY + ",");
    }
}
