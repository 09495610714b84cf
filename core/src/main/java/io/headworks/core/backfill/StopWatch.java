package io.headworks.core.backfill;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.state.BackfillStore;

/** Looks now and again whether another process asked this backfill to stop. */
final class StopWatch implements AutoCloseable {
    static final String REASON = "cancelled by hw backfill cancel";
    private static final long EVERY_MILLIS = 500;

    private final BackfillStore store;
    private final String id;
    private final Cancellation cancellation;
    private final Thread thread;

    private StopWatch(BackfillStore store, String id, Cancellation cancellation) {
        this.store = store;
        this.id = id;
        this.cancellation = cancellation;
        this.thread = new Thread(this::lookUntilClosed, "backfill-stop");
        thread.setDaemon(true);
    }

    static StopWatch watch(BackfillStore store, String id, Cancellation cancellation) {
        StopWatch watch = new StopWatch(store, id, cancellation);
        watch.thread.start();
        return watch;
    }

    private void lookUntilClosed() {
        try {
            while (!cancellation.requested()) {
                Thread.sleep(EVERY_MILLIS);
                look();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** The statements of the runs meet the same failure, and their records say so. */
    private void look() throws InterruptedException {
        try {
            if (store.isStopRequested(id)) {
                cancellation.request(REASON);
            }
        } catch (HeadworksException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException(failed.getMessage());
            }
        }
    }

    /** Waits for a look that is under way, so that the state can be closed after it. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
