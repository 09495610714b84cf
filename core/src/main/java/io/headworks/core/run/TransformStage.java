package io.headworks.core.run;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.plan.Step;
import io.headworks.core.record.StageRecord;
import io.headworks.core.reject.RejectSentence;
import io.headworks.core.transform.Transformation;
import io.headworks.core.transform.Transformed;

/** Runs the stages of the user, each segment counted, or makes them parts of one statement. */
final class TransformStage {
    private final Stage run;

    TransformStage(Stage run) {
        this.run = run;
    }

    StageRows run(Step.TransformRows step, StageRows input) {
        Transformation transformation = new Transformation(run.engine());
        if (run.isDirect()) {
            return input.fused(transformation.fused(step, input.rows()));
        }
        run.tally().enter("transform");
        Transformed output = transformation.run(step, input.rows(), input.count(), input.origin());
        output.segments().forEach(this::tell);
        if (output.rejected() > 0 && !run.keepsRejects()) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot transform " + output.rejected() + (output.rejected() == 1 ? " row" : " rows") + " of "
                            + run.plan().pipeline() + ": "
                            + RejectSentence.first(
                                    run.engine(), output.rejects().get(0)),
                    "correct the input, or set error_handling.strategy: dead-letter to load the other rows");
        }
        return input.then(output, step.segments().isEmpty());
    }

    private void tell(Transformed.SegmentCount segment) {
        run.tally()
                .done(new StageRecord(
                        segment.stage(),
                        segment.operation(),
                        segment.in(),
                        segment.out(),
                        segment.rejected(),
                        segment.dropped(),
                        segment.seconds()));
    }
}
