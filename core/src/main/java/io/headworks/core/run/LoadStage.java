package io.headworks.core.run;

import io.headworks.api.check.CheckResult;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.run.FailPoint;
import io.headworks.api.source.Position;
import io.headworks.core.ledger.Positions;
import io.headworks.core.load.LoadContext;
import io.headworks.core.load.Loaded;
import io.headworks.core.load.Loading;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Step;
import io.headworks.core.record.RunRecord.Rows;
import io.headworks.core.record.StageRecord;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the rows and publishes them in one transaction; says what may not be committed. */
final class LoadStage implements Loading.Verdict {
    private final Stage run;
    private final Fence fence;
    private final Taken taken;
    private final StageRows input;

    LoadStage(Stage run, Fence fence, Taken taken, StageRows input) {
        this.run = run;
        this.fence = fence;
        this.taken = taken;
        this.input = input;
    }

    void run(Step.LoadTable step, String version, Clock clock) {
        run.tally().enter("load");
        long started = System.nanoTime();
        Loaded loaded = new Loading(run.engine(), run.target(), context(version, clock), this)
                .run(step, input.rows(), input.materialised());
        LoadCounts counts = loaded.counts();
        FailPoint.K18.pass();
        run.tally().committed(loaded.ledger());
        run.tally()
                .rows(new Rows(
                        run.isDirect() ? counts.staged() : input.read(),
                        counts.staged(),
                        counts.inserted(),
                        counts.updated(),
                        counts.unchanged() + counts.stale(),
                        counts.deleted(),
                        input.rejected()));
        run.tally()
                .done(new StageRecord(
                        "load",
                        step.load().strategy().key(),
                        counts.staged(),
                        counts.inserted() + counts.updated(),
                        0,
                        0,
                        Stage.since(started)));
    }

    /** A direct plan learns here how many rows there were. */
    @Override
    public void counted(LoadCounts counts) {
        if (!run.isDirect() && counts.staged() != input.count() && !input.rows().carries(HiddenColumns.OP)) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot commit: " + input.count() + " rows passed the gate and the load took " + counts.staged());
        }
        if (run.isDirect()) {
            run.refuseEmpty(counts.staged());
        }
    }

    @Override
    public void checked(List<CheckResult> results) {
        run.judgement().accept(results);
    }

    @Override
    public void committed(LedgerRow row) {
        run.tally().answered(row);
    }

    private LoadContext context(String version, Clock clock) {
        Plan plan = run.plan();
        return new LoadContext(
                plan.key(),
                fence,
                run.tally().runId(),
                run.observed().target().lastRunNumber() + 1,
                plan.kind(),
                written(plan.positionBefore()),
                written(plan.positionAfter() != null ? plan.positionAfter() : taken.position()),
                run.observed().source().identity(),
                plan.schemaHash(),
                plan.hash(),
                version,
                run.tally().startedAt(),
                clock,
                input.rejects(),
                taken.resolves());
    }

    private static @Nullable String written(@Nullable Position position) {
        return position == null ? null : Positions.write(position);
    }
}
