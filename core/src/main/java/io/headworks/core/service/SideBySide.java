package io.headworks.core.service;

import io.headworks.api.run.Cancellation;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks both tables of a comparison the same, at the same time where another system than ours does the work of one. */
final class SideBySide {
    private final HashedTable a;
    private final HashedTable b;
    private final boolean together;
    private final Cancellation cancellation;

    /** @param apart true when the tables are not reached through one connection, which does one thing after the other */
    SideBySide(HashedTable a, HashedTable b, boolean apart, Cancellation cancellation) {
        this.a = a;
        this.b = b;
        this.together = apart && (a instanceof HashedTable.There || b instanceof HashedTable.There);
        this.cancellation = cancellation;
    }

    record Both<T>(T a, T b) {}

    /** What is asked of a table: it stops when the cancellation it is given is requested. */
    interface Question<T> {
        T ask(HashedTable table, Cancellation cancellation);
    }

    <T> Both<T> ask(Question<T> question) {
        if (!together) {
            return new Both<>(question.ask(a, cancellation), question.ask(b, cancellation));
        }
        boolean first = a instanceof HashedTable.There;
        HashedTable there = first ? a : b;
        HashedTable here = first ? b : a;
        Cancellation stop = new Cancellation();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Cancellation.Registration passedOn = cancellation.onRequest(() -> stop.request(cancellation.reason()))) {
            Future<T> pending = thread.submit(() -> question.ask(there, stop));
            T mine;
            try {
                mine = question.ask(here, cancellation);
            } catch (RuntimeException failed) {
                stop.request("the other table could not be read");
                settle(pending, failed);
                throw failed;
            }
            T theirs = answer(pending);
            return first ? new Both<>(theirs, mine) : new Both<>(mine, theirs);
        } finally {
            thread.shutdown();
        }
    }

    private static <T> T answer(Future<T> pending) {
        try {
            return pending.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a table was read", interrupted);
        }
    }

    /** Waits until the other thread has let go of its session, which is closed next. */
    private static void settle(Future<?> pending, RuntimeException failed) {
        try {
            answer(pending);
        } catch (RuntimeException stopped) {
            failed.addSuppressed(stopped);
        }
    }
}
