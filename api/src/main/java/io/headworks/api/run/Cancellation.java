package io.headworks.api.run;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.util.LinkedHashSet;
import java.util.Set;

/** A request to stop, made by any thread and obeyed by the working ones. */
public final class Cancellation {
    private final Set<Runnable> listeners = new LinkedHashSet<>();
    private boolean requested;
    private String reason = "cancelled";

    /** Asks for a stop; interrupts what registered. Later calls change nothing. */
    public void request(String why) {
        Runnable[] toCall;
        synchronized (this) {
            if (requested) {
                return;
            }
            requested = true;
            reason = why;
            toCall = listeners.toArray(new Runnable[0]);
        }
        for (Runnable listener : toCall) {
            listener.run();
        }
    }

    public synchronized boolean requested() {
        return requested;
    }

    public synchronized String reason() {
        return reason;
    }

    /** Registers what interrupts a blocking call; called at once when the request was already made. */
    public Registration onRequest(Runnable interrupt) {
        boolean now;
        synchronized (this) {
            listeners.add(interrupt);
            now = requested;
        }
        if (now) {
            interrupt.run();
        }
        return () -> {
            synchronized (this) {
                listeners.remove(interrupt);
            }
        };
    }

    /** Throws when a stop was asked for. */
    public void check() {
        if (requested()) {
            throw new HeadworksException(FailureKind.CANCELLED, "Cannot go on: " + reason());
        }
    }

    /** Ends a registration. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
