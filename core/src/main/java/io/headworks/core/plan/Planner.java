package io.headworks.core.plan;

import io.headworks.api.check.Check;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Threshold;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.Position;
import io.headworks.api.type.Schema;
import io.headworks.core.json.Sha256;
import io.headworks.core.ledger.Positions;
import io.headworks.core.spec.PipelineSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a pipeline from its definition, what was observed, and what was asked for. */
public final class Planner {
    private final LedgerKey key;
    private final PipelineSpec pipeline;
    private final List<Rekey> rekeys;

    public Planner(LedgerKey key, PipelineSpec pipeline) {
        this(key, pipeline, List.of());
    }

    /** @param rekeys facts that hang on the table, when it keeps history */
    public Planner(LedgerKey key, PipelineSpec pipeline, List<Rekey> rekeys) {
        this.key = key;
        this.pipeline = pipeline;
        this.rekeys = List.copyOf(rekeys);
    }

    /**
     * Decides.
     *
     * @throws io.headworks.api.failure.HeadworksException when what is asked for cannot be done safely
     */
    public Plan plan(Observed seen, StateSnapshot state, Request request) {
        Schema table = seen.target().view() ? null : seen.target().schema();
        TableFit fit = TableFit.of(pipeline.load(), table, seen.transformed());
        Observed observed = seen.givingAs(fit.output());
        refuseRestoredTarget(observed, state, request);
        refuseHeld(state);
        LedgerRow last = observed.target().lastCommitted();
        Position known = last == null || request.fullRefresh() ? null : Positions.read(last.positionAfter());
        SourceChanges changes = new SourceChanges(pipeline, observed.source(), last, known);
        changes.refuseOtherSource();
        changes.refuseLostDeletes();
        ExtractPlan extract = ExtractPlan.of(pipeline, observed, known, request);
        LoadPlan load = LoadPlan.of(pipeline, observed, extract);
        KeyScan scan = KeyScan.of(pipeline, observed, known, request, load.load());
        PhysicalChoice physical = PhysicalChoice.of(pipeline, observed, extract, load.load());
        List<Step> steps = steps(extract, fit, load, scan.step(), physical.plan());
        String schemaHash = schemaHash(observed.source().schema());
        String hash = PlanHash.of(key, request, schemaHash, steps);
        return new Plan(
                pipeline.name(),
                key,
                request.isSlice() ? "slice" : "live",
                request,
                physical.plan(),
                physical.reason(),
                steps,
                idle(extract, last, hash, request),
                known,
                extract.positionAfter(),
                GuaranteeRule.of(pipeline, observed, extract),
                changes.addedTo(Stream.of(
                                extract.notes(),
                                scan.notes(),
                                observed.names().notes(),
                                TargetNames.notes(observed.target()))
                        .flatMap(List::stream)
                        .toList()),
                schemaHash,
                observed.source().rows(),
                observed.source().bytes(),
                hash);
    }

    /**
     * A plan that loads rows of the dead letter instead of the source's; the position stays where it is.
     *
     * @throws HeadworksException of kind PROJECT when the strategy replaces whole tables or partitions
     */
    public Plan repair(Observed seen) {
        TableFit fit = TableFit.of(pipeline.load(), seen.target().schema(), seen.transformed());
        Observed observed = seen.givingAs(fit.output());
        Strategy strategy = pipeline.load().strategy();
        if (strategy == Strategy.TRUNCATE_RELOAD || strategy == Strategy.PARTITION_SWAP || strategy == Strategy.VIEW) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot replay dead letters of " + pipeline.name() + ": " + strategy.key()
                            + " replaces what is there (allowed: append, upsert, merge, soft-delete)",
                    "correct the source and run the pipeline again");
        }
        LedgerRow last = observed.target().lastCommitted();
        Position known = last == null ? null : Positions.read(last.positionAfter());
        Step.ExtractRows step = new Step.ExtractRows(
                pipeline.extract().connection(),
                observed.extract(),
                BatchKind.DELTA,
                null,
                List.of(),
                observed.source().schema(),
                null,
                false,
                true,
                true);
        ExtractPlan extract = new ExtractPlan(step, null, null, known, null, List.of("rows come from the dead letter"));
        LoadPlan load = LoadPlan.of(pipeline, observed, extract);
        List<Step> steps = steps(extract, fit, load, null, PhysicalPlan.STAGED).stream()
                .map(Planner::lenient)
                .toList();
        String schemaHash = schemaHash(observed.source().schema());
        return new Plan(
                pipeline.name(),
                key,
                "repair",
                Request.LIVE,
                PhysicalPlan.STAGED,
                "rows of the dead letter",
                steps,
                null,
                known,
                known,
                GuaranteeRule.of(pipeline, observed, extract),
                extract.notes(),
                schemaHash,
                null,
                null,
                PlanHash.of(key, Request.LIVE, schemaHash, steps));
    }

    /** A row that fails again goes back to the dead letter, however many they are: shares of so few mean nothing. */
    private static Step lenient(Step step) {
        if (!(step instanceof Step.GateBatch gate)) {
            return step;
        }
        Threshold all = new Threshold(BigDecimal.ONE, true);
        List<Check> rejecting = gate.rejecting().stream()
                .map(check -> new Check(
                        check.name(),
                        check.rule(),
                        check.severity(),
                        check.warnAbove(),
                        all,
                        check.where(),
                        check.scope(),
                        check.dimension(),
                        check.onFail(),
                        check.description()))
                .toList();
        return new Step.GateBatch(rejecting, gate.checking(), all);
    }

    /** The hash under which a source's columns are compared from run to run. */
    public static String schemaHash(Schema schema) {
        return Sha256.of(schema.canonical());
    }

    private List<Step> steps(
            ExtractPlan extract, TableFit fit, LoadPlan load, Step.@Nullable CompareKeys scan, PhysicalPlan physical) {
        List<Check> before = new ArrayList<>();
        List<Check> written = new ArrayList<>();
        List<Check> afterwards = new ArrayList<>();
        for (Check check : pipeline.preLoad()) {
            boolean direct = physical != PhysicalPlan.STAGED;
            (check.rule().isAfterCommit() ? afterwards : direct ? written : before).add(check);
        }
        for (Check check : pipeline.postLoad()) {
            (check.rule().isAfterCommit() ? afterwards : written).add(check);
        }
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.TakeFence(load.load().table()));
        steps.add(extract.step());
        steps.add(new Step.TransformRows(fit.after(Segments.of(pipeline.stages())), fit.output()));
        if (physical == PhysicalPlan.STAGED) {
            steps.add(new Step.GateBatch(
                    before.stream().filter(Planner::rejects).toList(),
                    before.stream().filter(check -> !rejects(check)).toList(),
                    pipeline.errorHandling().maxRejected()));
        }
        if (scan != null) {
            steps.add(scan);
        }
        steps.add(new Step.LoadTable(
                load.load(),
                extract.step().kind(),
                extract.slice(),
                extract.removal(),
                load.changes(),
                written,
                rekeys));
        if (!afterwards.isEmpty()) {
            steps.add(new Step.CheckAfterCommit(afterwards));
        }
        Load loaded = load.load();
        if (loaded.after() != null) {
            steps.add(new Step.RunAfterwards(loaded.after()));
        }
        return steps;
    }

    /** A target that was put back to an earlier day would silently lose what came after it. */
    private void refuseRestoredTarget(Observed observed, StateSnapshot state, Request request) {
        long stored = observed.target().lastRunNumber();
        if (stored < state.lastRunNumber() && !request.fullRefresh()) {
            throw new HeadworksException(
                    FailureKind.POSITION_LOST,
                    "Cannot continue " + pipeline.name() + ": the ledger of " + key.dataset() + " ends at load "
                            + stored
                            + ", and load " + state.lastRunNumber()
                            + " was seen there before: the target was restored to"
                            + " an earlier state, or is another one",
                    "hw state rebuild takes the target as it is, and the next run goes on from its position");
        }
    }

    private void refuseHeld(StateSnapshot state) {
        if (state.heldBy() != null) {
            throw new HeadworksException(
                    FailureKind.GATE,
                    "Cannot run " + pipeline.name() + ": upstream " + state.heldBy()
                            + " failed a P0 check in its last run, which holds everything downstream",
                    "run " + state.heldBy() + " until it publishes");
        }
    }

    private static boolean rejects(Check check) {
        return check.onFail() == OnFail.REJECT && check.scope() == Scope.BATCH;
    }

    /** A full extract of files is idle when the very same plan over the very same files was the last one committed. */
    private static @Nullable String idle(ExtractPlan extract, @Nullable LedgerRow last, String hash, Request request) {
        if (extract.idle() != null || request.fullRefresh() || request.isSlice()) {
            return extract.idle();
        }
        boolean filesOnly = !extract.step().files().isEmpty() && extract.step().keys() == null;
        boolean same = last != null && last.planHash().equals(hash);
        return filesOnly && same ? "the files and the definition are those of the last load" : null;
    }
}
