package io.headworks.core.run;

import io.headworks.api.engine.Engine;
import io.headworks.api.run.Cancellation;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * Files that only one run of this process may write: others look at them side by side, and whoever writes is alone with them.
 * What one holds it holds on its own thread.
 */
final class TargetLocks implements AutoCloseable {
    private final Map<String, ReadWriteLock> locks = new ConcurrentHashMap<>();
    private final Engine.Keeping files;

    TargetLocks(Engine.Keeping files) {
        this.files = files;
    }

    /** Waits until nobody writes any of them. */
    Held look(Collection<String> connections, Cancellation cancellation) {
        return new Held(connections).with(ReadWriteLock::readLock, cancellation);
    }

    /** Waits until nobody has any of them. */
    Held take(Collection<String> connections, Cancellation cancellation) {
        return new Held(connections).with(ReadWriteLock::writeLock, cancellation);
    }

    /** Closes files that no run has open: nobody has wanted them for a moment. */
    void closeUnused() {
        files.closeUnused();
    }

    @Override
    public void close() {
        files.close();
    }

    /** What a run has of them; given back when it is closed, and more than once does no harm. */
    final class Held implements AutoCloseable {
        private final List<ReadWriteLock> files;
        private final Deque<Lock> taken = new ArrayDeque<>();

        private Held(Collection<String> connections) {
            this.files = new TreeSet<>(connections)
                    .stream()
                            .map(name -> locks.computeIfAbsent(name, file -> new ReentrantReadWriteLock(true)))
                            .toList();
        }

        /** Always in the same order, and from nothing, so that no two runs wait for each other. */
        private Held with(Function<ReadWriteLock, Lock> way, Cancellation cancellation) {
            try {
                for (ReadWriteLock file : files) {
                    Lock lock = way.apply(file);
                    while (!lock.tryLock(200, TimeUnit.MILLISECONDS)) {
                        cancellation.check();
                    }
                    taken.push(lock);
                }
                return this;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                close();
                throw new IllegalStateException("interrupted while waiting for a file", interrupted);
            } catch (RuntimeException cancelled) {
                close();
                throw cancelled;
            }
        }

        /**
         * Instead of being held for looking. Others may write in between.
         *
         * @return false when others have any of them; nothing is held then
         */
        boolean tryAlone() {
            close();
            for (ReadWriteLock file : files) {
                Lock lock = file.writeLock();
                if (!lock.tryLock()) {
                    close();
                    return false;
                }
                taken.push(lock);
            }
            return true;
        }

        /** Waits until nobody else has any of them. */
        void alone(Cancellation cancellation) {
            close();
            with(ReadWriteLock::writeLock, cancellation);
        }

        @Override
        public void close() {
            while (!taken.isEmpty()) {
                taken.pop().unlock();
            }
        }
    }
}
