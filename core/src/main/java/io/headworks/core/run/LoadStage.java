package io.headworks.core.run;

import io.headworks.api.check.CheckResult;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.history.Outcome;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.run.FailPoint;
import io.headworks.api.source.Frames;
import io.headworks.api.source.Position;
import io.headworks.core.ledger.Positions;
import io.headworks.core.load.HistoryLoading;
import io.headworks.core.load.LoadContext;
import io.headworks.core.load.Loaded;
import io.headworks.core.load.Loading;
import io.headworks.core.plan.PhysicalPlan;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Step;
import io.headworks.core.record.RunRecord.Rows;
import io.headworks.core.record.StageRecord;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the rows and publishes them in one transaction; says what may not be committed. */
final class LoadStage implements Loading.Verdict {
    private final Stage run;
    private final Fence fence;
    private final Taken taken;
    private final StageRows input;
    private long leftOut;
    private boolean counted;

    LoadStage(Stage run, Fence fence, Taken taken, StageRows input) {
        this.run = run;
        this.fence = fence;
        this.taken = taken;
        this.input = input;
    }

    void run(Step.LoadTable step, String version, Clock clock) {
        run.tally().enter("load");
        long started = System.nanoTime();
        Loaded loaded = load(step, context(version, clock));
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
                        input.rejected() + leftOut));
        run.tally()
                .done(new StageRecord(
                        "load",
                        step.load().strategy().key(),
                        counts.staged(),
                        counts.inserted() + counts.updated(),
                        leftOut,
                        0,
                        Stage.since(started)));
    }

    private Loaded load(Step.LoadTable step, LoadContext context) {
        Step.LoadTable asked = step;
        if (run.judgement().isOverridden() && !step.load().breaker().equals(Breaker.NONE)) {
            run.judgement().overridden("max_change");
            asked = step.withoutBreaker();
        }
        try {
            return new Loading(run.engine(), run.target(), context, this)
                    .run(asked, input.rows(), input.materialised(), frames());
        } catch (HeadworksException stopped) {
            if (leftOut > 0 && !counted) {
                // the same batch would be refused for the same rows
                throw stopped;
            }
            throw new BatchKeeping(run, run.kept())
                    .stopped(stopped, step, input, context.positionBefore(), context.positionAfter());
        }
    }

    private @Nullable Frames frames() {
        if (run.plan().physical() != PhysicalPlan.PASSED) {
            return null;
        }
        for (Step step : run.plan().steps()) {
            if (step instanceof Step.ExtractRows extract) {
                Frames frames = run.source(extract.connection())
                        .frames(extract.extract(), run.observed().source());
                return frames == null ? null : CancelledFrames.of(frames, run.cancellation());
            }
        }
        return null;
    }

    /** A direct plan learns here how many rows there were. */
    @Override
    public void counted(LoadCounts counts) {
        counted = true;
        if (!run.isDirect()
                && counts.staged() + leftOut != input.count()
                && !input.rows().carries(HiddenColumns.OP)) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot commit: " + input.count() + " rows passed the gate and the load took " + counts.staged()
                            + " and rejected " + leftOut);
        }
        if (run.isDirect()) {
            run.refuseEmpty(counts.staged());
        }
    }

    @Override
    public void rejected(long rows) {
        if (rows > 0) {
            leftOut = rows;
            run.refuseEmptyReplay(input.count() - rows, taken.resolves().size());
            run.refuseTooManyRejects(input.rejected() + rows, input.read());
            run.tally()
                    .note("rejected by the load: " + rows + (rows == 1 ? " row" : " rows")
                            + " of which nobody can tell when they were so");
        }
    }

    @Override
    public void checked(List<CheckResult> results) {
        run.judgement().accept(results);
    }

    @Override
    public void versions(Outcome.Versions versions) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("opened", versions.opened());
        counts.put("ended", versions.ended());
        counts.put("split by late rows", versions.split());
        counts.put("begun earlier (their surrogate follows)", versions.moved());
        counts.put("joined with their neighbour", versions.joined());
        counts.values().removeIf(count -> count == 0);
        if (!counts.isEmpty()) {
            run.tally()
                    .note("versions: "
                            + counts.entrySet().stream()
                                    .map(count -> count.getValue() + " " + count.getKey())
                                    .collect(Collectors.joining(", ")));
        }
    }

    @Override
    public void inferred(TableName dimension, long members) {
        if (members > 0) {
            run.tally().note("inferred: " + members + (members == 1 ? " member of " : " members of ") + dimension);
        }
    }

    @Override
    public void rekeyed(HistoryLoading.Rekeyed facts) {
        long rows = facts.done().rows();
        long older = facts.done().older();
        if (rows > 0) {
            run.tally().note("rekeyed: " + rows + (rows == 1 ? " row of " : " rows of ") + facts.facts());
        }
        if (older > 0) {
            run.tally()
                    .note("not rekeyed: " + older + (older == 1 ? " row of " : " rows of ") + facts.facts()
                            + " that would have another version now, older than rekey says");
        }
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
                written(plan.positionAfter() != null ? plan.positionAfter() : compared(taken.position())),
                run.observed().source().identity(),
                plan.schemaHash(),
                plan.hash(),
                version,
                run.tally().startedAt(),
                clock,
                input.rejects(),
                taken.resolves(),
                input.members(),
                run.keepsRejects() ? input.origin() : null);
    }

    /** When keys were last compared is remembered with the position. */
    private @Nullable Position compared(@Nullable Position after) {
        if (!(after instanceof Position.Key key)) {
            return after;
        }
        if (run.comparesKeys()) {
            return key.withComparedAt(run.observed().source().clock());
        }
        return run.plan().positionBefore() instanceof Position.Key before
                ? key.withComparedAt(before.comparedAt())
                : key;
    }

    private static @Nullable String written(@Nullable Position position) {
        return position == null ? null : Positions.write(position);
    }
}
