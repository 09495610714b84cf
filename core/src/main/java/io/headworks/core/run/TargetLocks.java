package io.headworks.core.run;

import io.headworks.api.engine.Engine;
import io.headworks.api.run.Cancellation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Runs of this process queue here for files that only one may write, and leave them to one another as long as one waits. */
final class TargetLocks implements AutoCloseable {
    private final Map<String, Semaphore> locks = new ConcurrentHashMap<>();
    private final Engine.Keeping files;

    TargetLocks(Engine.Keeping files) {
        this.files = files;
    }

    /** Waits for all of them, always in the same order, so that two runs never wait for one another. */
    Held take(Collection<String> connections, Cancellation cancellation) {
        Map<String, Semaphore> wanted = new TreeMap<>();
        for (String connection : new TreeSet<>(connections)) {
            wanted.put(connection, locks.computeIfAbsent(connection, name -> new Semaphore(1, true)));
        }
        List<Semaphore> taken = new ArrayList<>();
        Held held = () -> {
            if (taken.stream().noneMatch(Semaphore::hasQueuedThreads)) {
                files.closeUnused();
            }
            Collections.reverse(taken);
            taken.forEach(Semaphore::release);
            taken.clear();
        };
        try {
            for (Semaphore semaphore : wanted.values()) {
                while (!semaphore.tryAcquire(200, TimeUnit.MILLISECONDS)) {
                    cancellation.check();
                }
                taken.add(semaphore);
            }
            return held;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            held.close();
            throw new IllegalStateException("interrupted while waiting for a file", interrupted);
        } catch (RuntimeException cancelled) {
            held.close();
            throw cancelled;
        }
    }

    @Override
    public void close() {
        files.close();
    }

    /** Gives them back; more than once does no harm. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
