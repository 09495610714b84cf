package io.headworks.core.backfill;

import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.core.json.Json;
import io.headworks.core.record.RunGroup;
import io.headworks.core.record.RunRecord;
import io.headworks.core.run.RunContext;
import io.headworks.core.run.RunEvents;
import io.headworks.core.run.SingleRuns;
import io.headworks.core.run.Workspace;
import io.headworks.core.secret.Masker;
import io.headworks.core.service.RunPipelines;
import io.headworks.core.service.Secrets;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.state.BackfillStore;
import io.headworks.core.state.StateDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Does a backfill, to its end or until somebody stops it, and writes its record. */
final class RunBackfill {
    private final Setup setup;
    private final Project project;
    private final BackfillEvents events;
    private final Cancellation cancellation;
    private final Masker masker;

    RunBackfill(Setup setup, Project project, BackfillEvents events, Cancellation cancellation) {
        this.setup = setup;
        this.project = project;
        this.events = events;
        this.cancellation = cancellation;
        this.masker = Secrets.masker(project);
    }

    /** Answers its document and the exit code that stands for all of it. */
    Backfills.Result run(Backfill backfill) {
        List<PipelineSpec> pipelines = backfill.left().stream()
                .map(left -> pipeline(left.whole().pipeline()))
                .toList();
        return new RunPipelines(setup, project)
                .inProcess(
                        pipelines,
                        RunBackfill::half,
                        RunEvents.NONE,
                        cancellation,
                        (context, state) -> run(backfill, context, state));
    }

    /** Live runs keep the other half. */
    private static Resources half(Resources stated) {
        int cores = Runtime.getRuntime().availableProcessors();
        Integer threads = stated.threads();
        int most = Math.max(1, cores / 2);
        return new Resources(
                stated.memory() != null ? stated.memory() : MachineMemory.bytes() * 2 / 5,
                threads == null ? most : Math.min(threads, most),
                stated.disk(),
                stated.timeout());
    }

    private Backfills.Result run(Backfill backfill, RunContext context, StateDatabase state) {
        BackfillStore store = new BackfillStore(state);
        List<Outcome> outcomes = backfill.left().stream().map(Outcome::of).toList();
        store.begin(
                backfill.id(),
                backfill.plan().environment(),
                text(BackfillDocument.of(backfill, BackfillStore.RUNNING, null, outcomes)));
        events.started(backfill.id());
        boolean ended = false;
        try (StopWatch stop = StopWatch.watch(store, backfill.id(), cancellation)) {
            work(backfill, context, state, store, outcomes);
            Backfills.Result result = finish(backfill, store, outcomes);
            ended = true;
            return result;
        } finally {
            if (!ended) {
                store.keep(
                        backfill.id(),
                        BackfillStore.INTERRUPTED,
                        text(BackfillDocument.of(backfill, BackfillStore.INTERRUPTED, null, outcomes)));
            }
        }
    }

    private void work(
            Backfill backfill, RunContext context, StateDatabase state, BackfillStore store, List<Outcome> outcomes) {
        RunGroup group = new RunGroup(
                backfill.id(),
                outcomes.stream().map(outcome -> outcome.part().pipeline()).toList(),
                project.shownVariables());
        SingleRuns runs = new SingleRuns(context, group);
        Turn turn = new Turn(backfill.id(), project, setup.connectors(), state, setup.clock());
        Validation validation = new Validation(new Measuring(context, cancellation), backfill.id());
        Lane.Listener listener = listener(backfill, store, outcomes);
        new Lanes(project.graph(), backfill.plan().request().parallel(), cancellation).run(outcomes, outcome -> () -> {
            Backfill.Left left = backfill.left().get(outcomes.indexOf(outcome));
            PipelineSpec pipeline = pipeline(outcome.part().pipeline());
            new Lane(backfill, left, pipeline, outcome, runs, turn, validation, cancellation, listener).run();
        });
    }

    private Lane.Listener listener(Backfill backfill, BackfillStore store, List<Outcome> outcomes) {
        int all = backfill.plan().runs();
        AtomicInteger done = new AtomicInteger(
                backfill.left().stream().mapToInt(Backfill.Left::done).sum());
        return new Lane.Listener() {
            @Override
            public synchronized void ran(RunRecord run, String slice) {
                int now = run.status().isPublished() ? done.incrementAndGet() : done.get();
                store.keep(
                        backfill.id(),
                        BackfillStore.RUNNING,
                        text(BackfillDocument.of(backfill, BackfillStore.RUNNING, null, outcomes)));
                events.ran(run, slice, now, all);
            }

            @Override
            public void waiting(String pipeline, String why) {
                events.waiting(pipeline, why);
            }
        };
    }

    private Backfills.Result finish(Backfill backfill, BackfillStore store, List<Outcome> outcomes) {
        List<Integer> codes = new ArrayList<>();
        outcomes.forEach(outcome -> codes.addAll(outcome.shown().exitCodes()));
        boolean whole = outcomes.stream()
                .allMatch(outcome -> outcome.isWhole() && outcome.shown().after() != null);
        String status = status(whole, store.isStopRequested(backfill.id()), codes);
        Instant now = setup.clock().instant();
        Map<String, @Nullable Object> document = BackfillDocument.of(backfill, status, now, outcomes);
        document.put("record", Records.write(Workspace.of(project.folder()), backfill.id(), masked(document)));
        store.keep(backfill.id(), status, text(document));
        boolean cut = !whole && cancellation.requested();
        return new Backfills.Result(document, cut ? 130 : RunPipelines.worst(codes));
    }

    private String status(boolean whole, boolean stopAsked, List<Integer> codes) {
        if (whole) {
            return codes.stream().allMatch(code -> code == 0) ? "done" : "partial";
        } else if (stopAsked) {
            return "cancelled";
        }
        return cancellation.requested() ? BackfillStore.INTERRUPTED : "failed";
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> masked(Map<String, @Nullable Object> document) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(masker.maskTree(document));
    }

    private String text(Map<String, @Nullable Object> document) {
        return Json.compact(masked(document));
    }

    private PipelineSpec pipeline(String name) {
        return project.pipeline(name).orElseThrow();
    }
}
