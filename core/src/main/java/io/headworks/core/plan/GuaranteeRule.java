package io.headworks.core.plan;

import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Strategy;
import io.headworks.core.spec.ExtractSpec.Incremental;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.List;

/** Derives what a run promises, and the limits a user must know. */
final class GuaranteeRule {

    private GuaranteeRule() {}

    static Guarantee of(PipelineSpec pipeline, Observed observed, ExtractPlan extract) {
        List<String> limits = new ArrayList<>(observed.abilities().limits());
        Incremental incremental = pipeline.extract().incremental();
        if (incremental != null && incremental.key() != null) {
            limits.add("rows committed more than the look-back"
                    + (incremental.lookback() == null ? " (none is set)" : "") + " after their " + incremental.key()
                    + " are found only by a full comparison");
            limits.add(
                    "rows deleted in the source are found only by a full comparison, unless deletes.when marks them");
        }
        if (extract.step().kind() == BatchKind.DELTA
                && pipeline.load().strategy() == Strategy.MERGE
                && pipeline.extract().extract().deletesWhen() == null) {
            limits.add("nothing in this extract marks deleted rows: merge deletes nothing");
        }
        return new Guarantee(
                "exactly-once effect: rows, rejects and position are committed together in the target's ledger, and a"
                        + " killed run is simply run again",
                limits);
    }
}
