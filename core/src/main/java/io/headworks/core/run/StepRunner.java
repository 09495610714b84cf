package io.headworks.core.run;

import io.headworks.api.check.CheckResult;
import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.Fence;
import io.headworks.api.run.FailPoint;
import io.headworks.core.plan.Step;
import io.headworks.core.record.RunRecord.Rows;
import io.headworks.core.record.VolumeHistory;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the steps of one plan in order: fence, extract, transform, gate, load and publish, then what looks at it. */
final class StepRunner implements Step.Visitor<Void> {
    private final Stage run;
    private final String version;
    private final Clock clock;
    private final VolumeHistory volumes;

    private @Nullable Fence fence;
    private @Nullable Taken taken;
    private @Nullable StageRows rows;

    /** @param version of this program, for the ledger */
    StepRunner(Stage run, String version, Clock clock, VolumeHistory volumes) {
        this.run = run;
        this.version = version;
        this.clock = clock;
        this.volumes = volumes;
    }

    /**
     * Runs the steps.
     *
     * @return why nothing was published, or null when something was
     */
    @Nullable
    String run() {
        QuietLook look = QuietLook.of(run);
        List<Step> steps = run.plan().steps();
        return run(this, look == null ? steps : QuietLook.fenceLast(steps), look);
    }

    /** The same with somebody else to decide what each step means. */
    @Nullable
    String run(Step.Visitor<Void> visitor) {
        return run(visitor, run.plan().steps(), null);
    }

    private @Nullable String run(Step.Visitor<Void> visitor, List<Step> steps, @Nullable QuietLook look) {
        for (Step step : steps) {
            if (look != null && step instanceof Step.TakeFence && look.hasAll(taken(), rows())) {
                StageRows same = rows();
                run.tally().rows(new Rows(same.read(), same.count(), 0, 0, same.count(), 0, 0));
                return "every row is already there";
            }
            step.accept(visitor);
            if (taken != null && taken.quiet() != null) {
                return taken.quiet();
            }
        }
        return null;
    }

    /** Goes on with rows that an earlier run made. */
    void resume(StageRows made) {
        taken = Taken.of(made, null);
        rows = made;
    }

    /** The rows that the load would take, kept and counted. */
    StageRows ready() {
        StageRows ready = run.held(rows());
        run.tally().rows(new Rows(ready.read(), ready.count(), 0, 0, 0, 0, ready.rejected()));
        return ready;
    }

    @Override
    public Void takeFence(Step.TakeFence step) {
        run.claim().takeFile();
        FailPoint.K1.pass();
        fence = run.target()
                .takeFence(
                        run.plan().key(),
                        step.table(),
                        run.tally().runId(),
                        run.tally().startedAt());
        run.claim().requireAsSeen(run.plan().key(), step.table(), run.observed().target());
        FailPoint.K2.pass();
        return done();
    }

    @Override
    public Void extractRows(Step.ExtractRows step) {
        taken = new ExtractStage(run).take(step);
        rows = taken.rows();
        return done();
    }

    @Override
    public Void transformRows(Step.TransformRows step) {
        rows = new TransformStage(run).run(step, rows());
        return done();
    }

    @Override
    public Void gateBatch(Step.GateBatch step) {
        rows = new GateStage(run).run(step, rows(), taken().resolves().size());
        return done();
    }

    @Override
    public Void compareKeys(Step.CompareKeys step) {
        rows = new KeyComparison(run).run(step, rows());
        return done();
    }

    @Override
    public Void loadTable(Step.LoadTable step) {
        RejectedKeys rejected = new RejectedKeys(run, step);
        StageRows readable = readable(step);
        boolean doubtful = rejected.makeAbsenceDoubtful(readable);
        StageRows ready = doubtful ? rejected.withDeletions(readable) : readable;
        new LoadStage(run, Objects.requireNonNull(fence), taken(), ready)
                .run(doubtful ? step.ofDelta() : step, version, clock);
        return done();
    }

    /**
     * The engine reads a batch with keys several times. It keeps what is not kept yet in memory once it is inside the
     * target's transaction, which can write no other file; so it is kept before.
     */
    private StageRows readable(Step.LoadTable step) {
        boolean again =
                run.target().abilities().direct() && !step.load().mergeKeys().isEmpty();
        return again ? run.held(rows()) : rows();
    }

    @Override
    public Void checkAfterCommit(Step.CheckAfterCommit step) {
        run.tally().enter("after");
        List<CheckResult> results = new AfterCommit(
                        run.engine(),
                        volumes,
                        run.plan().key(),
                        run.tally().runId(),
                        run.tally().startedAt())
                .run(step.checks(), run.tally().ledger(), () -> run.target().read(table()));
        run.tally().checks(results);
        results.stream()
                .filter(AfterCommit::isIncident)
                .forEach(result -> run.tally().partial("incident: " + Judgement.sentence(result)));
        return done();
    }

    @Override
    public Void runAfterwards(Step.RunAfterwards step) {
        run.tally().enter("after");
        try {
            run.target().execute(step.sql());
        } catch (HeadworksException failed) {
            run.tally().partial("load.after failed: " + failed.getMessage());
        }
        return done();
    }

    private Taken taken() {
        return Objects.requireNonNull(taken);
    }

    private StageRows rows() {
        return Objects.requireNonNull(rows);
    }

    private TableName table() {
        return run.plan().steps().stream()
                .filter(Step.TakeFence.class::isInstance)
                .map(step -> ((Step.TakeFence) step).table())
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("NullAway")
    private static Void done() {
        return null;
    }
}
