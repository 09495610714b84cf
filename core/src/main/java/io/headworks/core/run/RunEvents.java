package io.headworks.core.run;

import io.headworks.api.engine.WorkProgress;
import io.headworks.core.plan.Plan;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.StageRecord;
import java.util.function.Supplier;

/** What whoever started a run may listen to. Called on the thread of the run; runs go side by side. */
public interface RunEvents {
    RunEvents NONE = new RunEvents() {};

    default void started(String runId, String pipeline) {}

    /** Somebody else is let finish first. */
    default void waiting(String pipeline, String who) {}

    /** From here on the run's engine can be asked how far it has come, from any thread; again for each attempt. */
    default void working(String pipeline, Supplier<WorkProgress> progress) {}

    default void planned(String pipeline, Plan plan) {}

    default void stageStarted(String pipeline, String stage) {}

    default void stageDone(String pipeline, StageRecord stage) {}

    default void retrying(String pipeline, int attempt, String why, java.time.Duration delay) {}

    default void finished(RunRecord record) {}
}
