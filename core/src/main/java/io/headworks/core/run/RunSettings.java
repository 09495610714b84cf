package io.headworks.core.run;

import io.headworks.core.plan.Request;
import org.jspecify.annotations.Nullable;

/**
 * How a run was asked for.
 *
 * @param trigger manual, schedule, retry of a run, dry run or replay; a replay loads what waits in the dead letter, not the source
 * @param approvedHash the run does exactly this plan or nothing; null when none was approved
 * @param overrideGate why failing checks are to be ignored; null when they are not
 */
public record RunSettings(
        Request request,
        String trigger,
        @Nullable String approvedHash,
        @Nullable String overrideGate) {
    public static final RunSettings LIVE = new RunSettings(Request.LIVE, "manual", null, null);
    private static final String REPLAY = "replay";

    /** @param forced why a guarded environment is written to without an approved plan; null when it is not guarded */
    public static RunSettings replay(@Nullable String forced) {
        return new RunSettings(Request.LIVE, forced == null ? REPLAY : REPLAY + ", forced: " + forced, null, null);
    }

    /** The trigger of a run that writes nothing. */
    public static final String DRY_RUN = "dry run";

    /** The same without a write into the target. */
    public RunSettings dry() {
        return new RunSettings(request, DRY_RUN, approvedHash, overrideGate);
    }

    boolean isDry() {
        return trigger.equals(DRY_RUN);
    }

    boolean isReplay() {
        return trigger.equals(REPLAY) || trigger.startsWith(REPLAY + ",");
    }
}
