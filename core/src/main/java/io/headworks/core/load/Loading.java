package io.headworks.core.load;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Scope;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.history.InferredMembers;
import io.headworks.api.history.Outcome;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Removal;
import io.headworks.api.source.Frames;
import io.headworks.api.target.LoadTransaction;
import io.headworks.api.target.Target;
import io.headworks.core.plan.Step.LoadTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

        /** What became of versions, in a load that keeps history. */
        default void versions(Outcome.Versions versions) {}

        /** Members of a dimension were written that nobody had written meanwhile. */
        default void inferred(TableName dimension, long members) {}

        /** The load left these rows out; they become dead letters. */
        default void rejected(long rows) {}

        /** Facts were pointed at the versions that hold for them now. */
        default void rekeyed(HistoryLoading.Rekeyed facts) {}

        /** COMMIT was answered; from here on nobody may say that nothing happened. */
        void committed(LedgerRow row);
    }

    public Loading(EngineSession engine, Target target, LoadContext context, Verdict verdict) {
        this.engine = engine;
        this.target = target;
        this.context = context;
        this.verdict = verdict;
    }

    /** @param frames where the rows are when they are passed on undecoded */
    public Loaded run(LoadTable step, Relation batch, boolean materialised, @Nullable Frames frames) {
        LoadCounts counts;
        List<CheckResult> results;
        LedgerRow row;
        try (LoadTransaction transaction =
                target.begin(context.fence(), step.load().table())) {
            transaction.change(step.changes());
            BesideTable beside = BesideTable.prepare(
                    step.load(),
                    batch.schema(),
                    name -> target.observe(context.key(), name).schema(),
                    transaction);
            String before = step.load().before();
            if (before != null) {
                transaction.execute(before);
            }
            writeMembers(transaction);
            long removed = remove(step, transaction);
            LoadRequest request = new LoadRequest(
                    step.load(),
                    batch,
                    materialised,
                    frames,
                    step.kind(),
                    step.slice(),
                    context.runNumber(),
                    context.now(),
                    !ofWritten(step.checks()).isEmpty());
            List<Relation> rejects = new ArrayList<>(context.rejects());
            counts = plus(removed, apply(step, request, transaction, beside, rejects));
            if (!counts.lawHolds()) {
                throw new HeadworksException(
                        FailureKind.INTERNAL, "Cannot commit: rows do not add up (" + counts + ")");
            }
            verdict.counted(counts);
            results = check(step.checks(), counts, transaction);
            verdict.checked(results);
            long rejected = transaction.deadLetters(context.key(), context.runId(), context.now(), rejects);
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

    /** @param rejects gets the dead letters of rows that the load leaves out */
    private LoadCounts apply(
            LoadTable step,
            LoadRequest request,
            LoadTransaction transaction,
            @Nullable BesideTable beside,
            List<Relation> rejects) {
        if (step.load().history() == null) {
            return transaction.apply(request);
        }
        HistoryLoading.Done done = new HistoryLoading(engine, transaction, request)
                .correcting(facts(step))
                .rejecting(context.origin())
                .run(step.changes(), beside);
        rejects.addAll(done.rejects());
        verdict.rejected(done.rejects().stream().mapToLong(engine::count).sum());
        verdict.versions(done.versions());
        done.rekeyed().forEach(verdict::rekeyed);
        return done.counts();
    }

    /** Those whose table is there. */
    private List<HistoryLoading.Facts> facts(LoadTable step) {
        return step.rekeys().stream()
                .filter(rekey ->
                        target.observe(context.key(), rekey.load().table()).schema() != null)
                .map(rekey ->
                        new HistoryLoading.Facts(context.datasetOf(rekey.load().table()), rekey.load(), rekey.lookup()))
                .toList();
    }

    /** Before the rows that name them. */
    private void writeMembers(LoadTransaction transaction) {
        for (InferredMembers members : context.members()) {
            TableName dimension = members.dimension().table();
            long written = new MemberLoading(
                            HistoryLoading.histories(engine, members.dimension()), transaction, members)
                    .write(context.datasetOf(dimension), context.runNumber(), context.now());
            verdict.inferred(dimension, written);
        }
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

    /** A run brought its rows also where the table had them already: touched are only those that changed. */
    private List<CheckResult> check(List<Check> all, LoadCounts counts, LoadTransaction transaction) {
        List<Check> ofRun = all.stream().filter(Rule.Volume::isOfWholeRun).toList();
        List<Check> touched = ofWritten(all);
        List<Check> whole = all.stream()
                .filter(check -> check.scope() == Scope.TABLE && !ofRun.contains(check))
                .toList();
        long brought = counts.inserted() + counts.updated() + counts.unchanged() + counts.stale();
        List<CheckResult> results = new ArrayList<>();
        ofRun.forEach(check -> results.add(((Rule.Volume) check.rule()).judge(check, brought)));
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

    private static List<Check> ofWritten(List<Check> all) {
        return all.stream()
                .filter(check -> check.scope() != Scope.TABLE && !Rule.Volume.isOfWholeRun(check))
                .toList();
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
