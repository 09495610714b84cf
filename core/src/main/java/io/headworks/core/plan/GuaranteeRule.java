package io.headworks.core.plan;

import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Strategy;
import io.headworks.core.spec.ExtractSpec.Incremental;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.List;

/** Derives what a run promises, and the limits a user must know. */
final class GuaranteeRule {

    private GuaranteeRule() {}

    static Guarantee of(PipelineSpec pipeline, Observed observed, ExtractPlan extract) {
        List<String> limits = new ArrayList<>(observed.abilities().limits());
        String replacing = observed.target().replacing();
        if (pipeline.load().strategy() == Strategy.TRUNCATE_RELOAD && replacing != null) {
            limits.add("truncate-reload: " + replacing);
        }
        String replacingPart = observed.target().replacingPart();
        if (pipeline.load().strategy() == Strategy.PARTITION_SWAP && replacingPart != null) {
            limits.add("partition-swap: " + replacingPart);
        }
        Incremental incremental = pipeline.extract().incremental();
        if (incremental != null && incremental.key() != null) {
            limits.add("rows committed more than the look-back"
                    + (incremental.lookback() == null ? " (none is set)" : "") + " after their " + incremental.key()
                    + " are found only by a full comparison");
            limits.add(
                    pipeline.extract().scan() == null
                            ? "rows deleted in the source are found only by a full comparison, unless deletes.when marks them"
                            : "rows deleted in the source are found when keys are compared ("
                                    + pipeline.extract().scan() + ", UTC), by the first run after that");
        }
        ModelSpec model = pipeline.extract().model();
        if (model != null && model.isIncremental()) {
            limits.add("rows deleted from an input, and changes of inputs without {{ changed(…) }}, are not seen:"
                    + " --full-refresh makes all rows again");
        }
        if (extract.step().kind() == BatchKind.DELTA
                && pipeline.load().strategy() == Strategy.MERGE
                && pipeline.extract().extract().deletesWhen() == null
                && pipeline.extract().scan() == null) {
            limits.add("nothing in this extract marks deleted rows: merge deletes nothing");
        }
        return new Guarantee(
                "exactly-once effect: rows, rejects and position are committed together in the target's ledger, and a"
                        + " killed run is simply run again",
                limits);
    }
}
