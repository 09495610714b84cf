package io.headworks.core.run;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.FailPoint;
import io.headworks.core.gate.BatchGate;
import io.headworks.core.gate.Gated;
import io.headworks.core.plan.Step;
import io.headworks.core.record.RunRecord.Rows;
import io.headworks.core.record.StageRecord;

/** Checks the batch before anything is written, and takes out what it rejects. */
final class GateStage {
    private final Stage run;

    GateStage(Stage run) {
        this.run = run;
    }

    /** @param replayed how many dead letters the rows are */
    StageRows run(Step.GateBatch step, StageRows input, int replayed) {
        run.tally().enter("gate");
        long started = System.nanoTime();
        StageRows batch = run.held(input);
        FailPoint.K9.pass();
        Gated gated = new BatchGate(run.engine(), run.tally().startedAt())
                .run(step, batch.rows(), batch.count(), batch.origin());
        StageRows output = batch.then(gated);
        run.tally().rows(new Rows(output.read(), output.count(), 0, 0, 0, 0, output.rejected()));
        run.tally()
                .done(new StageRecord(
                        "gate",
                        step.rejecting().size() + step.checking().size() + " checks",
                        input.count(),
                        output.count(),
                        gated.rejected(),
                        0,
                        Stage.since(started)));
        run.judgement().accept(gated.results());
        refuseEmptyReplay(output, replayed);
        refuseTooManyRejects(step, output);
        FailPoint.K11.pass();
        return output;
    }

    private void refuseEmptyReplay(StageRows output, int replayed) {
        if (replayed > 0 && output.count() == 0) {
            throw new HeadworksException(
                    FailureKind.GATE,
                    "Cannot replay dead letters of " + run.plan().pipeline() + ": all " + replayed
                            + " rows are refused again",
                    "nothing was changed; correct the check, the stage or the source first");
        }
    }

    private void refuseTooManyRejects(Step.GateBatch step, StageRows output) {
        if (step.maxRejected().isExceededBy(output.rejected(), output.read())) {
            throw new HeadworksException(
                    FailureKind.GATE,
                    "Cannot publish " + run.plan().key().dataset() + ": " + output.rejected() + " of " + output.read()
                            + " rows were rejected (allowed " + step.maxRejected() + ")",
                    "correct the input, or raise error_handling.max_rejected");
        }
    }
}
