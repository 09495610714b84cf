package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGINT and SIGTERM while a command runs: the first asks the work to stop and waits for its roll-back and record, which
 * is why the JVM's shutdown is held; a second one reaches the JVM and halts it.
 */
final class Signals implements AutoCloseable {
    private static final long LONGEST_ROLLBACK_SECONDS = 60;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Signals(Cancellation cancellation) {
        hook = new Thread(() -> {
            cancellation.request("interrupted");
            await();
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static Signals cancelling(Cancellation cancellation) {
        return new Signals(cancellation);
    }

    private void await() {
        try {
            done.await(LONGEST_ROLLBACK_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook itself is running: it ends once the latch is down.
        }
    }
}
