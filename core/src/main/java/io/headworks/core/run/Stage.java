package io.headworks.core.run;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.target.Target;
import io.headworks.core.plan.Observed;
import io.headworks.core.plan.PhysicalPlan;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Step;

/** What every stage of one run works with. */
record Stage(
        Plan plan,
        Observed observed,
        EngineSession engine,
        OpenConnections connections,
        String targetConnection,
        Judgement judgement,
        Tally tally) {

    Target target() {
        return connections.target(targetConnection);
    }

    /** Nothing is held between the stages: they become parts of one statement. */
    boolean isDirect() {
        return plan.physical() == PhysicalPlan.DIRECT;
    }

    boolean keepsRejects() {
        return plan.steps().stream()
                .anyMatch(step -> step instanceof Step.ExtractRows extract && extract.keepRejects());
    }

    /** Rows go although none may come: those of vanished files. */
    boolean removes() {
        return plan.steps().stream().anyMatch(step -> step instanceof Step.LoadTable load && load.removal() != null);
    }

    /** Rows held in work storage and counted, where they are not yet. */
    StageRows held(StageRows input) {
        if (input.materialised()) {
            return input;
        }
        Relation held = engine.materialise("batch", input.rows());
        long now = engine.count(held);
        if (isDirect()) {
            refuseEmpty(now);
            return input.heldUncounted(held, now);
        }
        if (now != input.count()) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot load: the last stages should keep " + input.count() + " rows and gave " + now,
                    "a look-up matched twice, or a row law is broken: hw plan --sql shows the statement");
        }
        return input.held(held);
    }

    /** For a direct plan, in which nobody counted before. */
    void refuseEmpty(long loaded) {
        boolean allowed = plan.steps().stream()
                .anyMatch(step -> step instanceof Step.ExtractRows extract && extract.emptyAllowed());
        if (loaded == 0 && !allowed) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot load an empty extract: the source gave no row",
                    "if that is right, set extract.allow_empty: true");
        }
    }

    static double since(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
