package io.headworks.core.run;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.ledger.Positions;
import io.headworks.core.plan.Observed;
import io.headworks.core.plan.PhysicalPlan;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Step;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes a batch that was kept: the steps of a run without those that make rows, which were made and checked then. */
final class KeptRun implements Step.Visitor<Void> {
    private final StepRunner steps;
    private final EngineSession engine;
    private final Path file;
    private final KeptBatch batch;

    KeptRun(StepRunner steps, EngineSession engine, Path file, KeptBatch batch) {
        this.steps = steps;
        this.engine = engine;
        this.file = file;
        this.batch = batch;
    }

    /**
     * The plan of now with the positions and the hash of then.
     *
     * @throws HeadworksException of kind APPROVAL when the batch no longer fits
     */
    static Plan plan(KeptBatch batch, Plan now, Observed observed) {
        String why = misfit(batch, now, observed);
        if (why != null) {
            throw new HeadworksException(
                    FailureKind.APPROVAL,
                    "Cannot publish the batch of run " + batch.runId() + ": " + why,
                    "run it without --retry: hw run " + batch.pipeline() + " extracts anew");
        }
        return new Plan(
                now.pipeline(),
                now.key(),
                now.kind(),
                now.request(),
                PhysicalPlan.STAGED,
                "the batch of run " + batch.runId() + " is published, which was kept when its load was stopped",
                now.steps(),
                null,
                Positions.read(batch.positionBefore()),
                Positions.read(batch.positionAfter()),
                now.guarantee(),
                now.notes(),
                batch.schemaHash(),
                batch.count(),
                null,
                batch.planHash());
    }

    private static @Nullable String misfit(KeptBatch batch, Plan now, Observed observed) {
        if (observed.target().lastRunNumber() != batch.lastRunNumber()) {
            return "its table has been loaded since (run number "
                    + observed.target().lastRunNumber() + ", then " + batch.lastRunNumber() + ")";
        } else if (now.idle() != null) {
            return "there would be nothing to load now (" + now.idle() + ")";
        } else if (!batch.dataset().equals(now.key().dataset())
                || !batch.sourceIdentity().equals(observed.source().identity())) {
            return "the pipeline leads from another source or to another table now";
        } else if (!batch.schemaHash().equals(now.schemaHash())) {
            return "its columns are others now";
        }
        boolean sameLoad = now.steps().stream()
                .anyMatch(step -> step instanceof Step.LoadTable load
                        && BatchKeeping.hash(load).equals(batch.load()));
        return sameLoad ? null : "the pipeline's load is defined otherwise now";
    }

    @Override
    public Void takeFence(Step.TakeFence step) {
        return steps.takeFence(step);
    }

    @Override
    public Void extractRows(Step.ExtractRows step) {
        List<Relation> rows = batch.rows().stream()
                .map(columns -> engine.kept(file, columns.table(), columns.schema(), columns.hidden()))
                .toList();
        Relation kept = rows.get(0);
        long found = engine.count(kept);
        if (found != batch.count()) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot publish the batch of run " + batch.runId() + ": it has " + found + " rows of "
                            + batch.count());
        }
        steps.resume(new StageRows(
                kept,
                kept,
                batch.read(),
                batch.count(),
                true,
                batch.rejected(),
                rows.subList(1, rows.size()),
                List.of()));
        return skip();
    }

    @Override
    public Void transformRows(Step.TransformRows step) {
        return skip();
    }

    @Override
    public Void gateBatch(Step.GateBatch step) {
        return skip();
    }

    @Override
    public Void compareKeys(Step.CompareKeys step) {
        return skip();
    }

    @Override
    public Void loadTable(Step.LoadTable step) {
        return steps.loadTable(new Step.LoadTable(
                step.load(), batch.kind(), step.slice(), null, step.changes(), step.checks(), step.rekeys()));
    }

    @Override
    public Void checkAfterCommit(Step.CheckAfterCommit step) {
        return steps.checkAfterCommit(step);
    }

    @Override
    public Void runAfterwards(Step.RunAfterwards step) {
        return steps.runAfterwards(step);
    }

    @SuppressWarnings("NullAway") // the one value of Void
    private static Void skip() {
        return null;
    }
}
