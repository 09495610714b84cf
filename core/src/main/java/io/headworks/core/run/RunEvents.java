package io.headworks.core.run;

import io.headworks.core.plan.Plan;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.StageRecord;

/** What whoever started a run may listen to. Called on the thread of the run; runs go side by side. */
public interface RunEvents {
    RunEvents NONE = new RunEvents() {};

    default void started(String runId, String pipeline) {}

    default void planned(String pipeline, Plan plan) {}

    default void stageStarted(String pipeline, String stage) {}

    default void stageDone(String pipeline, StageRecord stage) {}

    default void retrying(String pipeline, int attempt, String why, java.time.Duration delay) {}

    default void finished(RunRecord record) {}
}
