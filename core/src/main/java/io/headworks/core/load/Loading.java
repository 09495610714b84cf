package io.headworks.core.load;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.Scope;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Removal;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.Target;
import io.headworks.core.plan.Step.LoadTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Writes a table: everything in one transaction, then the proof in another. */
public final class Loading {
    private static final int SAMPLE_ROWS = 5;

    private final EngineSession engine;
    private final Target target;
    private final LoadContext context;
    private final Verdict verdict;

    /** What may stop a load before its commit, by throwing. */
    public interface Verdict {
        void counted(LoadCounts counts);

        void checked(List<CheckResult> results);

        /** COMMIT was answered; from here on nobody may say that nothing happened. */
        void committed(LedgerRow row);
    }

    public Loading(EngineSession engine, Target target, LoadContext context, Verdict verdict) {
        this.engine = engine;
        this.target = target;
        this.context = context;
        this.verdict = verdict;
    }

    public Loaded run(LoadTable step, Relation batch, boolean materialised) {
        LoadCounts counts;
        List<CheckResult> results;
        LedgerRow row;
        try (LoadTransaction transaction =
                target.begin(context.fence(), step.load().table())) {
            transaction.change(step.changes());
            String before = step.load().before();
            if (before != null) {
                transaction.execute(before);
            }
            long removed = remove(step, transaction);
            counts = plus(
                    removed,
                    transaction.apply(new LoadRequest(
                            step.load(),
                            batch,
                            materialised,
                            step.kind(),
                            step.slice(),
                            context.runNumber(),
                            context.now())));
            if (!counts.lawHolds()) {
                throw new HeadworksException(
                        FailureKind.INTERNAL, "Cannot commit: rows do not add up (" + counts + ")");
            }
            verdict.counted(counts);
            results = check(step.checks(), transaction);
            verdict.checked(results);
            long rejected = transaction.deadLetters(context.key(), context.runId(), context.now(), context.rejects());
            if (!context.resolves().isEmpty()) {
                transaction.resolve(context.resolves(), context.runId(), context.now());
            }
            row = ledgerRow(step, counts, rejected);
            transaction.record(row);
            transaction.commit();
        }
        verdict.committed(row);
        return new Loaded(counts, results, readBack());
    }

    /** Rows of vanished files count for the breaker as every other deletion does. */
    private long remove(LoadTable step, LoadTransaction transaction) {
        Removal removal = step.removal();
        if (removal == null) {
            return 0;
        }
        BigDecimal limit = step.load().breaker().deleted();
        long before = limit == null ? 0 : engine.count(transaction.table());
        long removed = transaction.remove(removal);
        if (limit != null
                && before >= step.load().breaker().minRows()
                && BigDecimal.valueOf(removed).compareTo(limit.multiply(BigDecimal.valueOf(before))) > 0) {
            throw new HeadworksException(
                    FailureKind.GATE,
                    "Cannot publish " + step.load().table() + ": " + removed + " of " + before
                            + " rows would be deleted with the files that vanished (max_change allows "
                            + limit.movePointRight(2).stripTrailingZeros().toPlainString() + "%)",
                    "bring the files back, or raise load.max_change.deleted");
        }
        return removed;
    }

    private static LoadCounts plus(long removed, LoadCounts counts) {
        return new LoadCounts(
                counts.staged(),
                counts.inserted(),
                counts.updated(),
                counts.unchanged(),
                counts.stale(),
                counts.deleted() + removed,
                counts.hashAlgorithm(),
                counts.contentHash());
    }

    private List<CheckResult> check(List<Check> checks, LoadTransaction transaction) {
        List<Check> touched =
                checks.stream().filter(check -> check.scope() != Scope.TABLE).toList();
        List<Check> whole =
                checks.stream().filter(check -> check.scope() == Scope.TABLE).toList();
        List<CheckResult> results = new ArrayList<>();
        if (!touched.isEmpty()) {
            Relation table = transaction.table();
            results.addAll(
                    engine.check(new CheckScope(transaction.touched(), table, context.now(), SAMPLE_ROWS), touched));
        }
        if (!whole.isEmpty()) {
            Relation table = transaction.table();
            results.addAll(engine.check(new CheckScope(table, table, context.now(), SAMPLE_ROWS), whole));
        }
        return results;
    }

    private LedgerRow ledgerRow(LoadTable step, LoadCounts counts, long rejected) {
        LoadRequest.Slice slice = step.slice();
        return new LedgerRow(
                LedgerRow.VERSION,
                context.key(),
                context.runId(),
                context.runNumber(),
                1,
                context.kind(),
                slice == null ? null : slice.from(),
                slice == null ? null : slice.to(),
                context.fence().number(),
                context.positionBefore(),
                context.positionAfter(),
                context.sourceIdentity(),
                context.schemaHash(),
                context.planHash(),
                counts.inserted(),
                counts.updated(),
                counts.unchanged() + counts.stale(),
                counts.deleted(),
                rejected,
                counts.hashAlgorithm(),
                counts.contentHash(),
                context.hwVersion(),
                context.clock().instant());
    }

    private LedgerRow readBack() {
        return target.committed(context.key(), context.runId(), 1)
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.RUN,
                        "Cannot confirm the load into " + context.key().dataset()
                                + ": the target's ledger has no row of run " + context.runId() + " after COMMIT",
                        "nothing was published; run it again"));
    }
}
