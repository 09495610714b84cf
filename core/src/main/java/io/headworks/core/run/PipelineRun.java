package io.headworks.core.run;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.FailPoint;
import io.headworks.core.contract.PersonalColumns;
import io.headworks.core.json.Json;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.plan.DefinitionHash;
import io.headworks.core.plan.Observed;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.RecordTree;
import io.headworks.core.plan.StateSnapshot;
import io.headworks.core.record.DryJournal;
import io.headworks.core.record.RunGroup;
import io.headworks.core.record.RunJournal;
import io.headworks.core.record.RunRecord;
import io.headworks.core.spec.ErrorHandling;
import io.headworks.core.spec.PipelineSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One pipeline, one slice, from the first look to the record, with retries of transient faults. */
public final class PipelineRun {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final RunContext context;
    private final TargetLocks locks;
    private final KeptSources sources;
    private final PipelineSpec pipeline;
    private final RunSettings settings;
    private final LedgerKey key;
    private final RunJournal journal;
    private final Places places;
    private final Tally tally;

    PipelineRun(
            RunContext context,
            TargetLocks locks,
            KeptSources sources,
            RunGroup group,
            PipelineSpec pipeline,
            RunSettings settings) {
        this.context = context;
        this.locks = locks;
        this.sources = sources;
        this.pipeline = pipeline;
        this.settings = settings;
        this.journal = settings.isDry() ? new DryJournal(context.journal()) : context.journal();
        this.key = LookAhead.key(context.project(), pipeline);
        this.places = Places.of(context.project(), context.connectors(), pipeline);
        this.tally = new Tally(
                RunIds.next(context.clock().instant()),
                pipeline.name(),
                key.dataset(),
                key.environment(),
                settings,
                group,
                DefinitionHash.of(pipeline),
                context.clock(),
                journal,
                context.events(),
                PersonalColumns.of(context.project(), pipeline.writes())::hidden);
    }

    /** Runs to an end and answers its record; throws nothing but errors of the machine. */
    RunRecord run() {
        try {
            tally.begin();
        } catch (HeadworksException unrecorded) {
            return tally.failed(unrecorded, false);
        }
        FailPoint.K3.pass();
        ErrorHandling handling = pipeline.errorHandling();
        for (int attempt = 1; ; attempt++) {
            try {
                giveWay();
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

    /** A slice of a backfill that is being written is let end; the backfill lets this run go before its next one. */
    private void giveWay() {
        if (settings.isBackfill()) {
            return;
        }
        boolean told = false;
        Optional<String> writing;
        while ((writing = journal.backfillIn(places.names())).isPresent()) {
            context.cancellation().check();
            if (!told) {
                context.events().waiting(pipeline.name(), "backfill " + writing.get());
                told = true;
            }
            pause(BETWEEN_LOOKS);
        }
    }

    private RunRecord attempt() {
        Cancellation cancellation = new Cancellation();
        try (Cancellation.Registration all = context.cancellation()
                        .onRequest(() ->
                                cancellation.request(context.cancellation().reason()));
                TimeLimit limit = TimeLimit.start(pipeline.resources().timeout(), cancellation)) {
            try {
                return places.areOnlyTheTarget(pipeline) ? besideOthers(cancellation) : alone(cancellation);
            } catch (HeadworksException failure) {
                throw limit.explained(failure);
            }
        } finally {
            context.workspace().remove(tally.runId());
        }
    }

    private RunRecord alone(Cancellation cancellation) {
        try (TargetLocks.Held held = locks.take(places.contested(), cancellation)) {
            return attempt(held, false, cancellation);
        }
    }

    /** Until it writes; where it cannot do then what it has planned, it begins again without others. */
    private RunRecord besideOthers(Cancellation cancellation) {
        try (TargetLocks.Held held = locks.look(places.contested(), cancellation)) {
            return attempt(held, true, cancellation);
        } catch (Claim.Outdated loaded) {
            tally.reset();
        }
        return alone(cancellation);
    }

    private RunRecord attempt(TargetLocks.Held held, boolean beside, Cancellation cancellation) {
        try (EngineSession engine = context.engine()
                        .session(tally.runId(), context.workspace().staging(tally.runId()), cancellation);
                OpenConnections connections =
                        new OpenConnections(context.project(), context.connectors(), engine, sources)) {
            Claim claim = new Claim(held, connections, pipeline.connection(), cancellation, beside);
            context.events().working(pipeline.name(), engine::progress);
            tally.enter("observe");
            refuseUnexpiring(connections);
            LookAhead lookAhead =
                    new LookAhead(context.project(), context.connectors(), engine, tally.startedAt(), tally.runId());
            LookAhead.Decision decision = settings.isReplay()
                    ? lookAhead.repair(pipeline, connections)
                    : lookAhead.plan(pipeline, settings.request(), known(), connections, look());
            Observed observed = decision.observed();
            KeptBatch kept = kept();
            Plan decided = settings.isBackfill() ? decision.plan().ofBackfill() : decision.plan();
            Plan plan = kept == null ? decided : KeptRun.plan(kept, decided, observed);
            LedgerRow last = observed.target().lastCommitted();
            if (last != null) {
                journal.committed(last);
            }
            tally.planned(plan);
            connections.readElsewhere().forEach(table -> tally.note("read in another environment: " + table));
            requireApproved(plan);
            journal.planned(tally.runId(), Json.canonical(RecordTree.of(plan)));
            FailPoint.K4.pass();
            String idle = plan.idle();
            if (idle != null && !settings.isDry()) {
                connections.target(pipeline.connection()).finish(pipeline.load().table());
            } else if (idle == null) {
                idle = execute(engine, connections, claim, observed, plan, kept, cancellation);
            }
            boolean stores = pipeline.load().strategy() != Strategy.VIEW;
            if (idle == null && stores && tally.changedNothing()) {
                idle = "every row is already there";
            }
            if (tally.isCommitted()) {
                context.workspace().kept().removeOf(key.pipeline(), key.environment());
                expireLetters(connections);
            }
            connections.rest();
            return idle != null ? tally.idle(idle) : tally.published();
        }
    }

    private void refuseUnexpiring(OpenConnections connections) {
        boolean asked = pipeline.errorHandling().keepRejected() != null;
        if (asked && !connections.target(pipeline.connection()).expires()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot run " + pipeline.name()
                            + ": error_handling.keep_rejected, and its target does not take dead letters away yet",
                    "leave keep_rejected out");
        }
    }

    /** Rows that nobody wanted for so long; that they cannot be removed is no reason to doubt what was loaded. */
    private void expireLetters(OpenConnections connections) {
        Duration keep = pipeline.errorHandling().keepRejected();
        if (keep == null) {
            return;
        }
        Instant limit = tally.startedAt().minus(keep);
        try {
            long removed = connections.target(pipeline.connection()).expireDeadLetters(key, limit);
            if (removed > 0) {
                tally.note(removed + (removed == 1 ? " dead letter" : " dead letters") + " from before " + limit
                        + " removed (error_handling.keep_rejected)");
            }
        } catch (HeadworksException failed) {
            tally.partial("dead letters from before " + limit + " are still there: " + failed.getMessage());
        }
    }

    private SourceLook look() {
        return new SourceLook(
                journal.schemas(), key.environment(), pipeline, tally.runId(), tally.startedAt(), tally::drifted);
    }

    private @Nullable KeptBatch kept() {
        String run = settings.keptRun();
        return run == null ? null : context.workspace().kept().find(run).orElse(null);
    }

    private StateSnapshot known() {
        StateSnapshot known = journal.known(key, context.project().graph().ancestors(pipeline.name()));
        return settings.overrideGate() == null ? known : new StateSnapshot(known.lastRunNumber(), null);
    }

    private @Nullable String execute(
            EngineSession engine,
            OpenConnections connections,
            Claim claim,
            Observed observed,
            Plan plan,
            @Nullable KeptBatch kept,
            Cancellation cancellation) {
        KeptBatches batches = context.workspace().kept();
        Judgement judgement = new Judgement(tally, key.dataset(), settings.overrideGate());
        Stage stage = new Stage(
                plan,
                observed,
                engine,
                connections,
                pipeline.connection(),
                claim,
                judgement,
                tally,
                batches,
                settings.corrected(),
                PersonalColumns.of(context.project(), pipeline.writes()),
                cancellation);
        StepRunner steps = new StepRunner(stage, context.version(), context.clock(), journal.volumes());
        if (kept != null) {
            return steps.run(new KeptRun(steps, engine, batches.rows(kept.runId()), kept));
        }
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
