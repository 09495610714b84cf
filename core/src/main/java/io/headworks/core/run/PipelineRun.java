package io.headworks.core.run;

import io.headworks.api.connection.Connector;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.FailPoint;
import io.headworks.core.json.Json;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.plan.Observed;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.RecordTree;
import io.headworks.core.plan.StateSnapshot;
import io.headworks.core.record.DryJournal;
import io.headworks.core.record.RunGroup;
import io.headworks.core.record.RunJournal;
import io.headworks.core.record.RunRecord;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.ErrorHandling;
import io.headworks.core.spec.PipelineSpec;
import java.time.Duration;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One pipeline, one slice, from the first look to the record, with retries of transient faults. */
public final class PipelineRun {
    private final RunContext context;
    private final TargetLocks locks;
    private final PipelineSpec pipeline;
    private final RunSettings settings;
    private final LedgerKey key;
    private final RunJournal journal;
    private final Tally tally;

    PipelineRun(RunContext context, TargetLocks locks, RunGroup group, PipelineSpec pipeline, RunSettings settings) {
        this.context = context;
        this.locks = locks;
        this.pipeline = pipeline;
        this.settings = settings;
        this.journal = settings.isDry() ? new DryJournal(context.journal()) : context.journal();
        this.key = LookAhead.key(context.project(), pipeline);
        this.tally = new Tally(
                RunIds.next(context.clock().instant()),
                pipeline.name(),
                key.dataset(),
                key.environment(),
                settings,
                group,
                context.clock(),
                journal,
                context.events());
    }

    /** Runs to an end and answers its record; throws nothing but errors of the machine. */
    RunRecord run() {
        tally.begin();
        FailPoint.K3.pass();
        ErrorHandling handling = pipeline.errorHandling();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt();
            } catch (HeadworksException failure) {
                boolean again = failure.kind().isTransient() && attempt <= handling.maxRetries();
                if (!again || context.cancellation().requested()) {
                    return tally.failed(failure, failure.kind() == FailureKind.CANCELLED);
                }
                context.events()
                        .retrying(
                                pipeline.name(), attempt, String.valueOf(failure.getMessage()), handling.retryDelay());
                pause(handling.retryDelay());
                tally.reset();
            } catch (RuntimeException defect) {
                return tally.failed(
                        new HeadworksException(
                                FailureKind.INTERNAL,
                                "Cannot finish " + pipeline.name() + ": " + defect,
                                "this is a defect of Headworks: please report it with the output of -v",
                                defect),
                        false);
            }
        }
    }

    private RunRecord attempt() {
        Cancellation cancellation = new Cancellation();
        try (Cancellation.Registration all = context.cancellation()
                        .onRequest(() ->
                                cancellation.request(context.cancellation().reason()));
                TimeLimit limit = TimeLimit.start(pipeline.resources().timeout(), cancellation)) {
            try {
                return attempt(cancellation);
            } catch (HeadworksException failure) {
                throw limit.explained(failure);
            }
        } finally {
            context.workspace().remove(tally.runId());
        }
    }

    private RunRecord attempt(Cancellation cancellation) {
        try (TargetLocks.Held held = locks.take(files(), cancellation);
                EngineSession engine = context.engine()
                        .session(tally.runId(), context.workspace().staging(tally.runId()), cancellation);
                OpenConnections connections = new OpenConnections(context.project(), context.connectors(), engine)) {
            context.events().working(pipeline.name(), engine::progress);
            tally.enter("observe");
            LookAhead lookAhead =
                    new LookAhead(context.project(), context.connectors(), engine, tally.startedAt(), tally.runId());
            LookAhead.Decision decision = settings.isReplay()
                    ? lookAhead.repair(pipeline, connections)
                    : lookAhead.plan(pipeline, settings.request(), known(), connections);
            Observed observed = decision.observed();
            Plan plan = decision.plan();
            LedgerRow last = observed.target().lastCommitted();
            if (last != null) {
                journal.committed(last);
            }
            tally.planned(plan);
            requireApproved(plan);
            journal.planned(tally.runId(), Json.canonical(RecordTree.of(plan)));
            FailPoint.K4.pass();
            String idle = plan.idle();
            if (idle == null) {
                idle = execute(engine, connections, observed, plan);
            }
            if (idle == null && tally.changedNothing()) {
                idle = "every row is already there";
            }
            return idle != null ? tally.idle(idle) : tally.published();
        }
    }

    private StateSnapshot known() {
        StateSnapshot known = journal.known(key, context.project().graph().ancestors(pipeline.name()));
        return settings.overrideGate() == null ? known : new StateSnapshot(known.lastRunNumber(), null);
    }

    private @Nullable String execute(EngineSession engine, OpenConnections connections, Observed observed, Plan plan) {
        Judgement judgement = new Judgement(tally, key.dataset(), settings.overrideGate());
        Stage stage = new Stage(plan, observed, engine, connections, pipeline.connection(), judgement, tally);
        StepRunner steps = new StepRunner(stage, context.version(), context.clock(), journal.volumes());
        return settings.isDry() ? steps.run(new DryRun(steps, engine, tally, judgement)) : steps.run();
    }

    private void requireApproved(Plan plan) {
        String approved = settings.approvedHash();
        if (approved != null && !approved.equals(plan.hash())) {
            throw new HeadworksException(
                    FailureKind.APPROVAL,
                    "Cannot run the approved plan of " + pipeline.name()
                            + ": what would run now is another one (approved "
                            + approved.substring(0, Math.min(12, approved.length())) + ", now "
                            + plan.hash().substring(0, 12) + ")",
                    "make and approve a new one: hw plan " + pipeline.name() + " --out FILE");
        }
    }

    /** Connections whose file only one run of this process may use at a time. */
    private TreeSet<String> files() {
        TreeSet<String> files = new TreeSet<>();
        addIfFile(files, pipeline.connection());
        addIfFile(files, pipeline.extract().connection());
        for (DatasetUse use : pipeline.uses()) {
            addIfFile(files, Objects.requireNonNull(use.dataset().connection()));
        }
        return files;
    }

    private void addIfFile(TreeSet<String> files, String name) {
        var connection = context.project().connections().get(name);
        if (connection != null) {
            Connector connector = context.connectors().of(connection);
            if (connector.isSingleWriter()) {
                files.add(name);
            }
        }
    }

    private void pause(Duration delay) {
        long until = System.nanoTime() + delay.toNanos();
        try {
            while (System.nanoTime() < until && !context.cancellation().requested()) {
                TimeUnit.MILLISECONDS.sleep(Math.min(200, Math.max(1, (until - System.nanoTime()) / 1_000_000)));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
