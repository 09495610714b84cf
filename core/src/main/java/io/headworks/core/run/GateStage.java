package io.headworks.core.run;

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
                .run(
                        step,
                        batch.rows(),
                        batch.count(),
                        batch.origin(),
                        run.personal().names());
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
        run.refuseEmptyReplay(output.count(), replayed);
        run.refuseTooManyRejects(output.rejected(), output.read());
        FailPoint.K11.pass();
        return output;
    }
}
