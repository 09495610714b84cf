package io.headworks.core.backfill;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.plan.Request;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.RunStatus;
import io.headworks.core.run.RunSettings;
import io.headworks.core.run.SingleRuns;
import io.headworks.core.slice.Slice;
import io.headworks.core.spec.PipelineSpec;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One dataset of a backfill: its slices one after the other, looked at before and after. */
final class Lane {
    /** After so many failures in a row the next slice would fail as well. */
    private static final int FAILURES_IN_A_ROW = 3;

    /** What no other slice would do better. */
    private static final Set<Integer> HOPELESS = Set.of(
            FailureKind.PROJECT.exitCode(),
            FailureKind.SCHEMA_CHANGE.exitCode(),
            FailureKind.INTERNAL.exitCode(),
            FailureKind.POSITION_LOST.exitCode());

    /** Somebody who is not in the state, as a query, has the file for a moment. */
    private static final int TRIES_WHEN_HELD = 30;

    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final Backfill backfill;
    private final Backfill.Left left;
    private final PipelineSpec pipeline;
    private final Outcome outcome;
    private final SingleRuns runs;
    private final Turn turn;
    private final Validation validation;
    private final Cancellation cancellation;
    private final Listener listener;
    private final Watch watch = new Watch();

    Lane(
            Backfill backfill,
            Backfill.Left left,
            PipelineSpec pipeline,
            Outcome outcome,
            SingleRuns runs,
            Turn turn,
            Validation validation,
            Cancellation cancellation,
            Listener listener) {
        this.backfill = backfill;
        this.left = left;
        this.pipeline = pipeline;
        this.outcome = outcome;
        this.runs = runs;
        this.turn = turn;
        this.validation = validation;
        this.cancellation = cancellation;
        this.listener = listener;
    }

    /** Hears of each run that ended, and of waiting. */
    interface Listener {
        void ran(RunRecord run, String slice);

        void waiting(String pipeline, String why);
    }

    /** Runs to its end; what went wrong is in the outcome. */
    void run() {
        try {
            if (left.before() == null) {
                inTurn(() -> outcome.before(validation.measure(pipeline, left.range())));
            }
            if (!left.part().isWhole()) {
                slices();
            } else if (!left.isNothing()) {
                whole();
            }
            if (outcome.isWhole()) {
                inTurn(() -> validation.afterwards(pipeline, left, outcome));
            }
        } catch (HeadworksException failed) {
            if (failed.kind() != FailureKind.CANCELLED) {
                outcome.failed(
                        String.valueOf(failed.getMessage()), failed.kind().exitCode());
            }
        }
    }

    private void inTurn(Runnable look) {
        try (Turn.Taken taken = turn.take(pipeline, cancellation, waiting())) {
            look.run();
        }
    }

    private Consumer<String> waiting() {
        return why -> listener.waiting(pipeline.name(), why);
    }

    private void whole() {
        Request request = left.part().refresh() ? new Request(null, null, true) : Request.LIVE;
        told(one(request, null), "");
    }

    private void slices() {
        int failures = 0;
        for (Slice slice : left.part().slices()) {
            cancellation.check();
            Request request = new Request(slice.from().text(), slice.to().text(), false);
            RunRecord run = one(request, slice);
            if (run.status() == RunStatus.CANCELLED) {
                return;
            }
            told(run, slice.toString());
            failures = run.status().isPublished() ? 0 : failures + 1;
            if (failures == FAILURES_IN_A_ROW || failures > 0 && HOPELESS.contains(run.exitCode())) {
                outcome.noticed("stopped after " + failures + (failures == 1 ? " failure" : " failures in a row")
                        + ": the other slices would fail as well");
                return;
            }
        }
    }

    private void told(RunRecord run, String slice) {
        if (run.status() != RunStatus.CANCELLED) {
            outcome.ran(run, slice);
            watch.look(run).ifPresent(outcome::noticed);
        }
        listener.ran(run, slice);
    }

    private RunRecord one(Request request, @Nullable Slice slice) {
        RunSettings settings = RunSettings.backfill(
                request, backfill.id(), backfill.plan().request().forced());
        for (int attempt = 1; ; attempt++) {
            RunRecord run;
            try (Turn.Taken taken = turn.take(pipeline, cancellation, waiting())) {
                run = runs.run(pipeline, settings);
            }
            boolean held = run.exitCode() == FailureKind.HELD.exitCode()
                    && !run.status().isPublished();
            if (!held || attempt == TRIES_WHEN_HELD) {
                return run;
            }
            listener.waiting(
                    pipeline.name(),
                    (slice == null ? "it" : slice.toString()) + " was held by somebody else, trying again");
            Turn.pause(Math.min(LONGEST_PAUSE_MILLIS, 100L * attempt), cancellation);
        }
    }
}
