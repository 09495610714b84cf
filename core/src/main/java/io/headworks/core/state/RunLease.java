package io.headworks.core.state;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.state.StateHome;
import java.time.Duration;

/**
 * Says now and again that the runs of this process live. A machine that cannot see the process takes them for dead when
 * nothing was said for the lease's term, by the clock of the database.
 */
public final class RunLease implements AutoCloseable {
    static final Duration TERM = Duration.ofSeconds(60);
    private static final Duration EVERY = TERM.dividedBy(4);

    private final StateDatabase state;
    private final Thread thread;

    private RunLease(StateDatabase state) {
        this.state = state;
        this.thread = new Thread(this::renewUntilClosed, "run-lease");
        thread.setDaemon(true);
    }

    /** Until it is closed. */
    public static RunLease keep(StateDatabase state) {
        RunLease lease = new RunLease(state);
        lease.thread.start();
        return lease;
    }

    /** An expression: when a lease that begins now ends. */
    static String until(StateHome home) {
        return home.now() + " + " + TERM.toMillis();
    }

    /** Renews those of all runs, backfills and slots of this process. */
    static void renew(StateDatabase state) {
        RunProcess process = RunProcess.current();
        for (String table : new String[] {"run", "backfill", "schedule_slot"}) {
            state.update(
                    "update " + table + " set lease_until = " + until(state.home())
                            + " where status in ('queued', 'running')"
                            + " and machine = ? and pid = ? and process_started_at = ?",
                    state.machine().id(),
                    process.pid(),
                    process.startedAt());
        }
    }

    private void renewUntilClosed() {
        try {
            while (true) {
                Thread.sleep(EVERY.toMillis());
                renewIfPossible();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** The statements of the run itself meet the same failure, and its record says so; the next term may go better. */
    private void renewIfPossible() throws InterruptedException {
        try {
            renew(state);
        } catch (HeadworksException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException(failed.getMessage());
            }
        }
    }

    /** Waits for a renewal that is under way, so that the state can be closed after it. */
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
