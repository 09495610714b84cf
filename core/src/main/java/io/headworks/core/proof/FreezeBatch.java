package io.headworks.core.proof;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.SourceState;
import io.headworks.core.extract.Extracted;
import io.headworks.core.extract.StagedExtraction;
import io.headworks.core.isolation.FrozenStart;
import io.headworks.core.isolation.FrozenStore;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Request;
import io.headworks.core.plan.StateSnapshot;
import io.headworks.core.plan.Step;
import io.headworks.core.run.LookAhead;
import io.headworks.core.service.Setup;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.PipelineSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes what a pipeline's next run would read, once, and the state that it would find; changes nothing of either. */
final class FreezeBatch {
    private final Workbench bench;
    private final PipelineSpec pipeline;
    private final Path root;
    private final boolean whole;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param root the folder for the batch
     * @param whole whether the table is copied whole, where the keys of the batch would do
     */
    FreezeBatch(Workbench bench, PipelineSpec pipeline, Path root, boolean whole) {
        this.bench = bench;
        this.whole = whole;
        this.pipeline = pipeline;
        this.root = root;
    }

    /**
     * What was taken.
     *
     * @param rows of the batch
     * @param before rows that the table has before it
     * @param start the tables before it
     * @param written the tables that the load writes, the pipeline's own first
     */
    record Frozen(
            ReplaySettings settings,
            long rows,
            long before,
            FrozenStart start,
            List<WrittenTable> written,
            List<String> notes) {}

    /**
     * Takes batch and state.
     *
     * @param request a slice, or the live run; when that has nothing to read, everything the source has
     */
    Frozen freeze(Request request) {
        refuseModel();
        try (Workbench.Session session = bench.open()) {
            LookAhead.Decision decision = decide(request, session);
            Extracted extracted = decision.plan().idle() == null ? extract(decision, session) : null;
            boolean nothing = extracted == null || extracted.count() == 0;
            if (nothing && !request.isSlice() && !request.fullRefresh()) {
                notes.add("nothing new to read: the batch is everything the source has, the table is empty before it");
                decision = decide(new Request(null, null, true), session);
                extracted = extract(decision, session);
            }
            if (extracted == null || extracted.count() == 0) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot verify " + pipeline.name() + ": the source gives no row, and nothing would be proven",
                        request.isSlice() ? "choose another slice" : null);
            }
            return keep(decision, extracted, request, session);
        }
    }

    private void refuseModel() {
        if (pipeline.extract().model() != null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot verify " + pipeline.name()
                            + ": it is an SQL model, and only rows of a source can be replayed" + " (not yet)");
        }
    }

    private Frozen keep(LookAhead.Decision decision, Extracted extracted, Request request, Workbench.Session session) {
        requireFewEnough(pipeline, extracted.count(), "the batch");
        SourceState source = decision.observed().source();
        if (extracted.rejected() > 0) {
            notes.add(extracted.rejected() + " rows that the source's reader rejects are not replayed");
        }
        Setup setup = bench.setup();
        new FrozenStore(root, setup.connectors()).write(session.engine(), extracted.rows(), setup.clock());
        ReplaySettings settings = new ReplaySettings(source.clock(), source.primaryKey(), request.from(), request.to());
        settings.write(root);
        List<WrittenTable> written = WrittenTable.of(pipeline.connection(), decision.plan());
        StartState state = new StartState(bench, pipeline, session, whole || request.isSlice());
        FrozenStart start = state.take(
                decision, WrittenTable.load(decision.plan()), written, extracted, root.resolve("start.duckdb"));
        notes.addAll(state.notes());
        return new Frozen(settings, extracted.count(), state.before(), start, written, List.copyOf(notes));
    }

    private LookAhead.Decision decide(Request request, Workbench.Session session) {
        return new LookAhead(
                        bench.project(),
                        bench.setup().connectors(),
                        session.engine(),
                        bench.setup().clock().instant(),
                        session.id())
                .plan(pipeline, request, StateSnapshot.NONE, session.connections());
    }

    private static Extracted extract(LookAhead.Decision decision, Workbench.Session session) {
        Plan plan = decision.plan();
        Step.ExtractRows step = plan.steps().stream()
                .filter(Step.ExtractRows.class::isInstance)
                .map(Step.ExtractRows.class::cast)
                .findFirst()
                .orElseThrow();
        return new StagedExtraction(
                        session.engine(),
                        session.connections().source(step.connection()),
                        decision.observed().source())
                .run(step, plan.positionBefore());
    }

    /** Rows are compared in memory. */
    static void requireFewEnough(PipelineSpec pipeline, long rows, String what) {
        if (rows > ReplayPlace.MOST_ROWS) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot verify " + pipeline.name() + ": " + what + " has " + rows + " rows (allowed: "
                            + ReplayPlace.MOST_ROWS + "; more not yet)",
                    "verify a slice with --from and --to, or a project over less data");
        }
    }
}
