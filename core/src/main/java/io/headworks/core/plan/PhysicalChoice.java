package io.headworks.core.plan;

import io.headworks.api.check.Check;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Scope;
import io.headworks.api.load.Load;
import io.headworks.api.load.Strategy;
import io.headworks.api.transform.Operation;
import io.headworks.api.transform.RowLaw;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.List;

/** Which physical plan, and why: the reasons against the direct one, or that there is none. */
record PhysicalChoice(PhysicalPlan plan, String reason) {

    static PhysicalChoice of(PipelineSpec pipeline, Observed observed, ExtractPlan extract, Load load) {
        if (load.strategy() == Strategy.VIEW) {
            return new PhysicalChoice(PhysicalPlan.DIRECT, "a view reads its inputs when it is read itself");
        }
        String decoded = Decoding.reason(pipeline, observed, extract, load);
        if (decoded == null) {
            return new PhysicalChoice(PhysicalPlan.PASSED, "the source's rows go to the target undecoded");
        }
        List<String> against = new ArrayList<>();
        if (!observed.inPlace()) {
            against.add("the source cannot be read in place");
        }
        boolean narrowed =
                extract.step().extract().where() != null || extract.step().keys() != null;
        if (narrowed && !observed.sourceFilters()) {
            against.add("the rows wanted are chosen once they are read");
        }
        if (pipeline.errorHandling().deadLetters()) {
            against.add("rejected rows are kept");
        }
        if (extract.step().positionColumn() != null) {
            against.add("the position is the largest key read");
        }
        if (extract.removal() != null) {
            against.add("rows of vanished files are deleted");
        }
        if (pipeline.extract().extract().deletesWhen() != null) {
            against.add("rows are marked as deleted");
        }
        pipeline.stages().stream()
                .flatMap(stage -> stage.operations().stream())
                .filter(operation -> operation.rowLaw() != RowLaw.PRESERVING)
                .map(Operation::key)
                .distinct()
                .forEach(key -> against.add("rows are counted at " + key));
        if (pipeline.preLoad().stream().anyMatch(PhysicalChoice::looksAtBatchOnly)) {
            against.add("checks look at the batch alone");
        }
        againstLoad(observed, load, against);
        return against.isEmpty()
                ? new PhysicalChoice(PhysicalPlan.DIRECT, "one statement reads, transforms and writes")
                : new PhysicalChoice(
                        PhysicalPlan.STAGED, decoded.isEmpty() ? against.get(0) : "rows are decoded: " + decoded);
    }

    private static void againstLoad(Observed observed, Load load, List<String> against) {
        if (!observed.abilities().direct() || !observed.abilities().transactional()) {
            against.add("the target is not written by the engine");
        }
        boolean plainAppend =
                load.strategy() == Strategy.APPEND && load.mergeKeys().isEmpty() && load.audit() != null;
        if (!plainAppend && load.strategy() != Strategy.TRUNCATE_RELOAD) {
            against.add(load.strategy().key() + " compares the batch with the table");
        } else if (!load.mergeKeys().isEmpty()) {
            against.add("rows of one key are compared");
        }
    }

    /** Unique over the batch is not unique over the rows written by several runs, and rejecting needs the batch. */
    static boolean looksAtBatchOnly(Check check) {
        return check.onFail() == OnFail.REJECT || check.scope() != Scope.BATCH;
    }
}
