package io.headworks.connector.relational;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has a load obey a request to stop: the statement that runs is stopped at the database, again and again until the load
 * has noticed, because a stop that arrives just before a statement is lost. COMMIT and ROLLBACK are left alone.
 */
final class StoppedLoad implements AutoCloseable {
    private static final long PAUSE_MILLIS = 250;

    private final Statements sql;
    private final Cancellation cancellation;
    private final Cancellation.Registration registration;
    private volatile boolean noticed;
    private volatile @Nullable String unheard;

    StoppedLoad(Statements sql, Cancellation cancellation) {
        this.sql = sql;
        this.cancellation = cancellation;
        this.registration = cancellation.onRequest(this::start);
    }

    private void start() {
        Thread thread = new Thread(this::repeat, "headworks-stops-load");
        thread.setDaemon(true);
        thread.start();
    }

    private void repeat() {
        try {
            while (!noticed) {
                interrupt();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Never at the same time as {@link #close}, behind which COMMIT begins. */
    private synchronized void interrupt() {
        if (noticed) {
            return;
        }
        try {
            sql.database().interrupt(sql.connection());
        } catch (SQLException failed) {
            // the statement goes on to its own end; the load stops behind it and says why it took so long
            unheard = failed.getMessage();
        }
    }

    /** Runs a step, or throws a failure of kind CANCELLED when a stop was asked for before or while it ran. */
    <T> T run(Supplier<T> step) {
        cancellation.check();
        try {
            return step.get();
        } catch (HeadworksException failed) {
            if (!cancellation.requested() || failed.kind() == FailureKind.CANCELLED) {
                throw failed;
            }
            String why = unheard == null ? "" : " (the database could not be told: " + unheard + ")";
            throw new HeadworksException(
                    FailureKind.CANCELLED, "Cannot go on: " + cancellation.reason() + why, null, failed);
        }
    }

    @Override
    public synchronized void close() {
        noticed = true;
        registration.close();
    }
}
