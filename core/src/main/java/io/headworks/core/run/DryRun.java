package io.headworks.core.run;

import io.headworks.api.check.Check;
import io.headworks.api.check.Scope;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.core.gate.BatchGate;
import io.headworks.core.plan.Step;
import io.headworks.core.record.StageRecord;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The steps up to the load, on the real input, in work storage; where the load would begin, the rows that are ready are
 * counted and checked. Nothing of the target is written, not even a fence.
 */
final class DryRun implements Step.Visitor<Void> {
    private final StepRunner steps;
    private final EngineSession engine;
    private final Tally tally;
    private final Judgement judgement;

    DryRun(StepRunner steps, EngineSession engine, Tally tally, Judgement judgement) {
        this.steps = steps;
        this.engine = engine;
        this.tally = tally;
        this.judgement = judgement;
    }

    @Override
    public Void takeFence(Step.TakeFence step) {
        return skip();
    }

    @Override
    public Void extractRows(Step.ExtractRows step) {
        return steps.extractRows(step);
    }

    @Override
    public Void transformRows(Step.TransformRows step) {
        return steps.transformRows(step);
    }

    @Override
    public Void gateBatch(Step.GateBatch step) {
        return steps.gateBatch(step);
    }

    @Override
    public Void compareKeys(Step.CompareKeys step) {
        return steps.compareKeys(step);
    }

    @Override
    public Void loadTable(Step.LoadTable step) {
        tally.enter("load");
        long started = System.nanoTime();
        StageRows ready = steps.ready();
        List<Check> ofBatch =
                step.checks().stream().filter(check -> !isOfTable(check)).toList();
        if (!ofBatch.isEmpty()) {
            judgement.accept(engine.check(
                    new CheckScope(ready.rows(), ready.rows(), tally.startedAt(), BatchGate.SAMPLE_ROWS), ofBatch));
        }
        tally.done(new StageRecord(
                "load", "dry run", ready.count(), ready.count(), 0, 0, (System.nanoTime() - started) / 1e9));
        leftOut(step.checks().stream().filter(DryRun::isOfTable).toList());
        return skip();
    }

    private static boolean isOfTable(Check check) {
        return check.scope() == Scope.TABLE;
    }

    private void leftOut(List<Check> ofTable) {
        if (!ofTable.isEmpty()) {
            tally.note("dry run: not checked, because the table is not written: "
                    + ofTable.stream().map(Check::name).collect(Collectors.joining(", ")));
        }
    }

    @Override
    public Void checkAfterCommit(Step.CheckAfterCommit step) {
        leftOut(step.checks());
        return skip();
    }

    @Override
    public Void runAfterwards(Step.RunAfterwards step) {
        tally.note("dry run: load.after was not run");
        return skip();
    }

    @SuppressWarnings("NullAway") // the one value of Void
    private static Void skip() {
        return null;
    }
}
