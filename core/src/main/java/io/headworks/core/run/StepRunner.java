package io.headworks.core.run;

import io.headworks.api.check.CheckResult;
import io.headworks.api.check.Threshold;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.run.FailPoint;
import io.headworks.api.source.Position;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.target.Target;
import io.headworks.core.extract.Extracted;
import io.headworks.core.extract.StagedExtraction;
import io.headworks.core.gate.BatchGate;
import io.headworks.core.gate.Gated;
import io.headworks.core.ledger.Positions;
import io.headworks.core.load.LoadContext;
import io.headworks.core.load.Loaded;
import io.headworks.core.load.Loading;
import io.headworks.core.plan.Observed;
import io.headworks.core.plan.PhysicalPlan;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Step;
import io.headworks.core.record.RunRecord.Rows;
import io.headworks.core.record.StageRecord;
import io.headworks.core.record.VolumeHistory;
import io.headworks.core.reject.RejectSentence;
import io.headworks.core.transform.Transformation;
import io.headworks.core.transform.Transformed;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the steps of one plan in order and hands the rows from one stage to the next. */
final class StepRunner implements Step.Visitor<Void>, Loading.Verdict {
    /** A replay holds its rows in memory; what is left takes another one. */
    private static final int MOST_DEAD_LETTERS = 50_000;

    private final Plan plan;
    private final Observed observed;
    private final EngineSession engine;
    private final OpenConnections connections;
    private final String targetConnection;
    private final Tally tally;
    private final Judgement judgement;
    private final String version;
    private final Clock clock;
    private final VolumeHistory volumes;
    private final List<Relation> rejects = new ArrayList<>();

    private @Nullable Fence fence;
    private @Nullable Extracted extracted;
    private @Nullable Relation rows;
    private @Nullable Relation origin;
    private boolean materialised;
    private boolean quiet;
    private String quietBecause = "no row since the last position";
    private List<String> resolves = List.of();
    private long count;
    private long rejected;

    StepRunner(
            Plan plan,
            Observed observed,
            EngineSession engine,
            OpenConnections connections,
            String targetConnection,
            Tally tally,
            Judgement judgement,
            String version,
            Clock clock,
            VolumeHistory volumes) {
        this.plan = plan;
        this.observed = observed;
        this.engine = engine;
        this.connections = connections;
        this.targetConnection = targetConnection;
        this.tally = tally;
        this.judgement = judgement;
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
        return run(this);
    }

    /** The same with somebody else to decide what each step means. */
    @Nullable
    String run(Step.Visitor<Void> visitor) {
        for (Step step : plan.steps()) {
            if (!quiet) {
                step.accept(visitor);
            }
        }
        return quiet ? quietBecause : null;
    }

    /** The rows that the load would take, kept and counted. */
    record Ready(Relation rows, long count) {}

    Ready ready() {
        Relation batch = Objects.requireNonNull(rows);
        if (!materialised) {
            batch = engine.materialise("batch", batch);
            long now = engine.count(batch);
            if (plan.physical() == PhysicalPlan.STAGED) {
                holdPreserved(now);
            } else {
                refuseEmpty(now);
            }
            count = now;
        }
        tally.rows(new Rows(read(), count, 0, 0, 0, 0, rejected));
        return new Ready(batch, count);
    }

    @Override
    public Void takeFence(Step.TakeFence step) {
        FailPoint.K1.pass();
        fence = connections
                .target(targetConnection)
                .takeFence(plan.key(), step.table(), tally.runId(), tally.startedAt());
        FailPoint.K2.pass();
        return done();
    }

    @Override
    public Void extractRows(Step.ExtractRows step) {
        if (plan.kind().equals("repair")) {
            return takeDeadLetters();
        }
        Source source = connections.source(step.connection());
        if (plan.physical() == PhysicalPlan.DIRECT) {
            RowSource inPlace = source.rows(step.extract(), observed.source(), step.keys(), step.files());
            rows = engine.scan(((RowSource.InPlace) inPlace).scan());
            origin = rows;
            return done();
        }
        tally.enter("extract");
        long started = System.nanoTime();
        Extracted result = new StagedExtraction(engine, source, observed.source()).run(step, plan.positionBefore());
        extracted = result;
        rows = result.rows();
        origin = result.origin();
        count = result.count();
        rejected = result.rejected();
        materialised = true;
        if (result.rejected() > 0) {
            rejects.add(result.rejects());
        }
        quiet = result.count() == 0 && result.rejected() == 0 && step.kind() == BatchKind.DELTA && !removes();
        tally.done(new StageRecord(
                "extract",
                "staged",
                result.read(),
                result.count(),
                result.rejected(),
                result.filtered(),
                since(started)));
        return done();
    }

    /** Read under the fence: another replay that resolves the same letters takes it from us, and the load is refused. */
    private Void takeDeadLetters() {
        tally.enter("extract");
        long started = System.nanoTime();
        List<DeadLetter> letters =
                connections.target(targetConnection).deadLetters(plan.pipeline(), false, MOST_DEAD_LETTERS);
        DeadLetterRows replayed = DeadLetterRows.of(letters, observed.source().schema());
        replayed.left().forEach(tally::note);
        resolves = replayed.ids();
        quiet = resolves.isEmpty();
        quietBecause =
                letters.isEmpty() ? "no row waits in the dead letter" : "no row in the dead letter can be replayed";
        if (!quiet) {
            Staged staged = engine.stage("extract", replayed.rows());
            extracted = new Extracted(
                    staged.rows(),
                    staged.rows(),
                    staged.count(),
                    staged.rejects(),
                    staged.rejected(),
                    0,
                    plan.positionAfter());
            rows = staged.rows();
            origin = rows;
            count = staged.count();
            materialised = true;
        }
        tally.done(new StageRecord(
                "extract", "dead letter", (long) letters.size(), count, 0, letters.size() - count, since(started)));
        return done();
    }

    @Override
    public Void transformRows(Step.TransformRows step) {
        Transformation transformation = new Transformation(engine);
        Relation input = Objects.requireNonNull(rows);
        if (plan.physical() == PhysicalPlan.DIRECT) {
            rows = transformation.fused(step, input);
            return done();
        }
        tally.enter("transform");
        Transformed output = transformation.run(step, input, count, Objects.requireNonNull(origin));
        for (Transformed.SegmentCount segment : output.segments()) {
            tally.done(new StageRecord(
                    segment.stage(),
                    segment.operation(),
                    segment.in(),
                    segment.out(),
                    segment.rejected(),
                    segment.dropped(),
                    segment.seconds()));
        }
        if (output.rejected() > 0 && !keepsRejects()) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot transform " + output.rejected() + (output.rejected() == 1 ? " row" : " rows") + " of "
                            + plan.pipeline() + ": "
                            + RejectSentence.first(engine, output.rejects().get(0)),
                    "correct the input, or set error_handling.strategy: dead-letter to load the other rows");
        }
        rejects.addAll(output.rejects());
        rejected += output.rejected();
        rows = output.rows();
        count = output.count();
        materialised = output.materialised() || step.segments().isEmpty();
        return done();
    }

    @Override
    public Void gateBatch(Step.GateBatch step) {
        tally.enter("gate");
        long started = System.nanoTime();
        long in = count;
        if (!materialised) {
            rows = engine.materialise("batch", Objects.requireNonNull(rows));
            materialised = true;
            holdPreserved(engine.count(rows));
        }
        FailPoint.K9.pass();
        Gated gated = new BatchGate(engine, tally.startedAt())
                .run(step, Objects.requireNonNull(rows), count, Objects.requireNonNull(origin));
        rows = gated.rows();
        count = gated.count();
        rejected += gated.rejected();
        rejects.addAll(gated.rejects());
        tally.rows(new Rows(read(), count, 0, 0, 0, 0, rejected));
        tally.done(new StageRecord(
                "gate",
                step.rejecting().size() + step.checking().size() + " checks",
                in,
                count,
                gated.rejected(),
                0,
                since(started)));
        judgement.accept(gated.results());
        if (!resolves.isEmpty() && count == 0) {
            throw new HeadworksException(
                    FailureKind.GATE,
                    "Cannot replay dead letters of " + plan.pipeline() + ": all " + resolves.size()
                            + " rows are refused again",
                    "nothing was changed; correct the check, the stage or the source first");
        }
        refuseTooManyRejects(step.maxRejected());
        FailPoint.K11.pass();
        return done();
    }

    @Override
    public Void loadTable(Step.LoadTable step) {
        tally.enter("load");
        long started = System.nanoTime();
        Target target = connections.target(targetConnection);
        Loaded loaded =
                new Loading(engine, target, context(step), this).run(step, Objects.requireNonNull(rows), materialised);
        LoadCounts counts = loaded.counts();
        FailPoint.K18.pass();
        tally.committed(loaded.ledger());
        long read = plan.physical() == PhysicalPlan.DIRECT ? counts.staged() : read();
        tally.rows(new Rows(
                read,
                counts.staged(),
                counts.inserted(),
                counts.updated(),
                counts.unchanged() + counts.stale(),
                counts.deleted(),
                rejected));
        tally.done(new StageRecord(
                "load",
                step.load().strategy().key(),
                counts.staged(),
                counts.inserted() + counts.updated(),
                0,
                0,
                since(started)));
        return done();
    }

    @Override
    public Void checkAfterCommit(Step.CheckAfterCommit step) {
        tally.enter("after");
        List<CheckResult> results = new AfterCommit(engine, volumes, plan.key(), tally.runId(), tally.startedAt())
                .run(
                        step.checks(),
                        tally.ledger(),
                        () -> connections.target(targetConnection).read(table()));
        tally.checks(results);
        results.stream()
                .filter(AfterCommit::isIncident)
                .forEach(result -> tally.partial("incident: " + Judgement.sentence(result)));
        return done();
    }

    @Override
    public Void runAfterwards(Step.RunAfterwards step) {
        tally.enter("after");
        try {
            connections.target(targetConnection).execute(step.sql());
        } catch (HeadworksException failed) {
            tally.partial("load.after failed: " + failed.getMessage());
        }
        return done();
    }

    private boolean removes() {
        return plan.steps().stream().anyMatch(step -> step instanceof Step.LoadTable load && load.removal() != null);
    }

    private boolean keepsRejects() {
        return plan.steps().stream()
                .anyMatch(step -> step instanceof Step.ExtractRows extract && extract.keepRejects());
    }

    /** A direct plan learns here how many rows there were. */
    @Override
    public void counted(LoadCounts counts) {
        boolean staged = plan.physical() == PhysicalPlan.STAGED;
        if (staged && counts.staged() != count && !Objects.requireNonNull(rows).carries(HiddenColumns.OP)) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot commit: " + count + " rows passed the gate and the load took " + counts.staged());
        }
        if (plan.physical() == PhysicalPlan.DIRECT) {
            refuseEmpty(counts.staged());
        }
    }

    private void refuseEmpty(long loaded) {
        boolean emptyAllowed = plan.steps().stream()
                .anyMatch(step -> step instanceof Step.ExtractRows extract && extract.emptyAllowed());
        if (loaded == 0 && !emptyAllowed) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot load an empty extract: the source gave no row",
                    "if that is right, set extract.allow_empty: true");
        }
    }

    @Override
    public void checked(List<CheckResult> results) {
        judgement.accept(results);
    }

    @Override
    public void committed(LedgerRow row) {
        tally.answered(row);
    }

    private LoadContext context(Step.LoadTable step) {
        Position after = plan.positionAfter() != null ? plan.positionAfter() : staged();
        return new LoadContext(
                plan.key(),
                Objects.requireNonNull(fence),
                tally.runId(),
                observed.target().lastRunNumber() + 1,
                plan.kind(),
                plan.positionBefore() == null ? null : Positions.write(plan.positionBefore()),
                after == null ? null : Positions.write(after),
                observed.source().identity(),
                plan.schemaHash(),
                plan.hash(),
                version,
                tally.startedAt(),
                clock,
                rejects,
                resolves);
    }

    private @Nullable Position staged() {
        return extracted == null ? null : extracted.position();
    }

    private io.headworks.api.dataset.TableName table() {
        return plan.steps().stream()
                .filter(Step.TakeFence.class::isInstance)
                .map(step -> ((Step.TakeFence) step).table())
                .findFirst()
                .orElseThrow();
    }

    private long read() {
        return extracted == null ? count : extracted.read();
    }

    /** Segments that fuse promise to preserve rows; here is where that is counted. */
    private void holdPreserved(long now) {
        if (now != count) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot load: the last stages should keep " + count + " rows and gave " + now,
                    "a look-up matched twice, or a row law is broken: hw plan --sql shows the statement");
        }
    }

    private void refuseTooManyRejects(Threshold most) {
        if (most.isExceededBy(rejected, read())) {
            throw new HeadworksException(
                    FailureKind.GATE,
                    "Cannot publish " + plan.key().dataset() + ": " + rejected + " of " + read()
                            + " rows were rejected (allowed " + most + ")",
                    "correct the input, or raise error_handling.max_rejected");
        }
    }

    private static double since(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    @SuppressWarnings("NullAway")
    private static Void done() {
        return null;
    }
}
