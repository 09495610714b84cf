package io.headworks.core.run;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.source.Source;
import io.headworks.api.target.Target;
import io.headworks.core.contract.PersonalColumns;
import io.headworks.core.observe.RenamedSource;
import io.headworks.core.plan.Observed;
import io.headworks.core.plan.PhysicalPlan;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Step;
import io.headworks.core.reject.CorrectedRows;

/** What every stage of one run works with. */
record Stage(
        Plan plan,
        Observed observed,
        EngineSession engine,
        OpenConnections connections,
        String targetConnection,
        Claim claim,
        Judgement judgement,
        Tally tally,
        KeptBatches kept,
        CorrectedRows corrected,
        PersonalColumns personal,
        Cancellation cancellation) {

    Target target() {
        return connections.target(targetConnection);
    }

    /** The source, its columns called as the plan calls them. */
    Source source(String connection) {
        return RenamedSource.of(connections.source(connection), observed.names());
    }

    /** Nothing is held between the stages: they become parts of one statement. */
    boolean isDirect() {
        return plan.physical() != PhysicalPlan.STAGED;
    }

    boolean keepsRejects() {
        return plan.steps().stream()
                .anyMatch(step -> step instanceof Step.ExtractRows extract && extract.keepRejects());
    }

    /** Rows may go although none come: those of vanished files, and those whose keys the source has no more. */
    boolean removes() {
        return comparesKeys()
                || plan.steps().stream()
                        .anyMatch(step -> step instanceof Step.LoadTable load && load.removal() != null);
    }

    boolean comparesKeys() {
        return plan.steps().stream().anyMatch(Step.CompareKeys.class::isInstance);
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
        if (loaded > 0 || allowed) {
            return;
        }
        if (isSlice()) {
            refuseEmptySlice();
        } else {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot load an empty extract: the source gave no row",
                    "if that is right, set extract.allow_empty: true");
        }
    }

    boolean isSlice() {
        return plan.request().isSlice();
    }

    /** A slice without rows is as it should be where the table has none either; else the source may be broken. */
    void refuseEmptySlice() {
        for (Step step : plan.steps()) {
            if (step instanceof Step.LoadTable load && load.slice() != null) {
                long there = new RowsOfSlice(this).count(load.load().table(), load.slice());
                if (there != 0) {
                    throw new HeadworksException(
                            FailureKind.RUN,
                            "Cannot load an empty slice: the source gave no row of "
                                    + load.slice().from() + " to "
                                    + load.slice().to() + ", and "
                                    + (there < 0
                                            ? load.load().table() + " may have some"
                                            : load.load().table() + " has " + there),
                            "if that is right, set extract.allow_empty: true");
                }
            }
        }
    }

    /** Letters that are all refused again stay as they are. */
    void refuseEmptyReplay(long left, int replayed) {
        if (replayed > 0 && left == 0) {
            throw new HeadworksException(
                    FailureKind.GATE,
                    "Cannot replay dead letters of " + plan.pipeline() + ": all " + replayed
                            + " rows are refused again",
                    "nothing was changed; correct the check, the stage or the source first");
        }
    }

    void refuseTooManyRejects(long rejected, long read) {
        for (Step step : plan.steps()) {
            if (step instanceof Step.GateBatch gate && gate.maxRejected().isExceededBy(rejected, read)) {
                throw new HeadworksException(
                        FailureKind.GATE,
                        "Cannot publish " + plan.key().dataset() + ": " + rejected + " of " + read
                                + " rows were rejected (allowed " + gate.maxRejected() + ")",
                        "correct the input, or raise error_handling.max_rejected");
            }
        }
    }

    static double since(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
