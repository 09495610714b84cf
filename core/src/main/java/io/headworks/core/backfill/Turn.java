package io.headworks.core.backfill;

import io.headworks.api.run.Cancellation;
import io.headworks.core.connection.Connectors;
import io.headworks.core.run.Places;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.state.BackfillStore;
import io.headworks.core.state.BackfillStore.LiveRun;
import io.headworks.core.state.KilledRuns;
import io.headworks.core.state.StateDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Shares targets with live runs: before each slice, live runs that need the same dataset or file end first; while a slice
 * is written, live runs that begin wait for its end. Each says what it does before it looks at what the other does, so that
 * at least one of two that begin at once sees the other, and the backfill is the one that steps back.
 */
final class Turn {
    private static final long BETWEEN_LOOKS_MILLIS = 50;

    private final String id;
    private final Project project;
    private final Connectors connectors;
    private final StateDatabase state;
    private final BackfillStore store;
    private final Clock clock;
    private final List<String> held = new ArrayList<>();

    Turn(String id, Project project, Connectors connectors, StateDatabase state, Clock clock) {
        this.id = id;
        this.project = project;
        this.connectors = connectors;
        this.state = state;
        this.store = new BackfillStore(state);
        this.clock = clock;
    }

    /** Waits until no live run needs the same; then it is this backfill's turn, until {@link Taken#close}. */
    Taken take(PipelineSpec pipeline, Cancellation cancellation, Consumer<String> waiting) {
        List<String> places = Places.of(project, connectors, pipeline).names();
        boolean told = false;
        while (true) {
            if (store.isStopRequested(id)) {
                cancellation.request(StopWatch.REASON);
            }
            cancellation.check();
            hold(places);
            Optional<LiveRun> live = live(places);
            if (live.isEmpty()) {
                return () -> release(places);
            }
            release(places);
            if (!told) {
                waiting.accept(
                        "live run " + live.get().runId() + " of " + live.get().pipeline());
                told = true;
            }
            pause(BETWEEN_LOOKS_MILLIS, cancellation);
        }
    }

    /** A turn that was taken. */
    interface Taken extends AutoCloseable {
        @Override
        void close();
    }

    private Optional<LiveRun> live(List<String> places) {
        KilledRuns.close(state, clock.instant());
        return store.liveRuns(project.environment().name()).stream()
                .filter(run -> needs(run).stream().anyMatch(places::contains))
                .findFirst();
    }

    private List<String> needs(LiveRun run) {
        return project.pipeline(run.pipeline())
                .map(pipeline -> Places.of(project, connectors, pipeline).names())
                .orElseGet(() -> List.of("dataset " + run.dataset()));
    }

    private synchronized void hold(List<String> places) {
        held.addAll(places);
        store.write(id, held);
    }

    private synchronized void release(List<String> places) {
        places.forEach(held::remove);
        store.write(id, held);
    }

    static void pause(long millis, Cancellation cancellation) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (System.nanoTime() < until && !cancellation.requested()) {
                TimeUnit.MILLISECONDS.sleep(Math.min(50, millis));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            cancellation.request("interrupted");
        }
    }
}
