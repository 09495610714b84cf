package io.headworks.core.run;

import io.headworks.core.plan.Request;
import org.jspecify.annotations.Nullable;

/**
 * How a run was asked for.
 *
 * @param trigger manual, schedule, retry or replay; a replay loads what waits in the dead letter, not the source
 * @param approvedHash the run does exactly this plan or nothing; null when none was approved
 * @param overrideGate why failing checks are to be ignored; null when they are not
 */
public record RunSettings(
        Request request,
        String trigger,
        @Nullable String approvedHash,
        @Nullable String overrideGate) {
    public static final RunSettings LIVE = new RunSettings(Request.LIVE, "manual", null, null);
    public static final RunSettings REPLAY = new RunSettings(Request.LIVE, "replay", null, null);

    boolean isReplay() {
        return trigger.equals(REPLAY.trigger);
    }
}
