package io.headworks.core.run;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.Position;
import io.headworks.api.target.TargetState;
import io.headworks.core.plan.PhysicalPlan;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds that an incremental run has nothing to write before it takes the fence. A run goes on from the largest key inclusive,
 * so that it always reads some rows again; where the table has all of them as they are, and the position stays, a load would
 * change nothing but the number of loads. Only where the engine reads the table itself, and nobody wants to look at the load.
 */
final class QuietLook {
    /** Beyond these the look would cost more than it saves. */
    private static final long MOST_ROWS = 50_000;

    private static final long LARGEST_TABLE = 5_000_000;

    private final Stage run;

    private QuietLook(Stage run) {
        this.run = run;
    }

    /** Null where a run has to load to know. */
    static @Nullable QuietLook of(Stage run) {
        Plan plan = run.plan();
        TargetState target = run.observed().target();
        Long rows = target.rows();
        LedgerRow last = target.lastCommitted();
        boolean goesOn = plan.physical() == PhysicalPlan.STAGED
                && plan.kind().equals("live")
                && plan.positionBefore() instanceof Position.Key
                && run.target().abilities().direct();
        boolean sameSource = last != null
                && last.schemaHash().equals(plan.schemaHash())
                && last.sourceIdentity().equals(run.observed().source().identity());
        boolean small = rows != null && rows <= LARGEST_TABLE;
        return goesOn && sameSource && small && plan.steps().stream().allMatch(QuietLook::isPlain)
                ? new QuietLook(run)
                : null;
    }

    private static boolean isPlain(Step step) {
        if (step instanceof Step.ExtractRows extract) {
            return extract.kind() == BatchKind.DELTA
                    && extract.positionColumn() != null
                    && extract.extract().deletesWhen() == null;
        } else if (step instanceof Step.GateBatch gate) {
            return gate.checking().isEmpty() && gate.rejecting().isEmpty();
        } else if (step instanceof Step.LoadTable load) {
            return isPlain(load);
        }
        return step instanceof Step.TakeFence || step instanceof Step.TransformRows;
    }

    private static boolean isPlain(Step.LoadTable step) {
        Load load = step.load();
        return (load.strategy() == Strategy.UPSERT || load.strategy() == Strategy.MERGE)
                && load.deletes() != Load.Deletes.MARK
                && load.history() == null
                && load.before() == null
                && step.slice() == null
                && step.removal() == null
                && step.changes().isEmpty()
                && step.checks().isEmpty()
                && step.rekeys().isEmpty();
    }

    /** The steps with the fence right before the load. */
    static List<Step> fenceLast(List<Step> steps) {
        List<Step> ordered = new ArrayList<>();
        Step fence = null;
        for (Step step : steps) {
            if (step instanceof Step.TakeFence) {
                fence = step;
                continue;
            } else if (step instanceof Step.LoadTable && fence != null) {
                ordered.add(fence);
            }
            ordered.add(step);
        }
        return ordered;
    }

    /** True when the table has each of these rows as it is, and they move no position. */
    boolean hasAll(Taken taken, StageRows batch) {
        boolean plain = batch.rejected() == 0
                && batch.members().isEmpty()
                && batch.count() <= MOST_ROWS
                && !batch.rows().carries(HiddenColumns.OP);
        if (!plain || !stays(taken)) {
            return false;
        }
        OptionalLong there = run.target().alreadyThere(request(batch));
        return there.isPresent() && there.getAsLong() == batch.count();
    }

    private LoadRequest request(StageRows batch) {
        Step.LoadTable step = run.plan().steps().stream()
                .filter(Step.LoadTable.class::isInstance)
                .map(Step.LoadTable.class::cast)
                .findFirst()
                .orElseThrow();
        return new LoadRequest(
                step.load(),
                batch.rows(),
                batch.materialised(),
                step.kind(),
                null,
                0,
                run.tally().startedAt());
    }

    private boolean stays(Taken taken) {
        return run.plan().positionBefore() instanceof Position.Key before
                && taken.position() instanceof Position.Key after
                && before.column().equals(after.column())
                && before.type().equals(after.type())
                && before.value().equals(after.value());
    }
}
