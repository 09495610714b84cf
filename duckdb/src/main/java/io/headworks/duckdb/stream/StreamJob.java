package io.headworks.duckdb.stream;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.FailPoint;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.RowSource;
import io.headworks.api.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One source whose streams are handed out to the engine's threads, each to one of them, each once. */
public final class StreamJob implements AutoCloseable {
    private final RowSource.Parallel source;
    private final Cancellation cancellation;
    private final Consumer<RejectedRow> rejects;
    private final ConcurrentLinkedQueue<RowSource.Opener> waiting;
    private final List<BatchReader> open = new ArrayList<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicLong rows = new AtomicLong();
    private int reading;
    private boolean over;
    private @Nullable RuntimeException failure;

    StreamJob(RowSource.Parallel source, Cancellation cancellation, Consumer<RejectedRow> rejects) {
        this.source = source;
        this.cancellation = cancellation;
        this.rejects = rejects;
        this.waiting = new ConcurrentLinkedQueue<>(source.parts());
    }

    Schema schema() {
        return source.schema();
    }

    int parts() {
        return source.parts().size();
    }

    /** Called when a statement begins to read: a stream that was read cannot be read again. */
    void begin() {
        if (!begun.compareAndSet(false, true)) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot read a stream of the source: the statement reads it a second time");
        }
    }

    /** The next stream; waits, when there is none, until those that others read have ended. */
    @Nullable
    BatchReader next() throws IOException {
        RowSource.Opener opener;
        synchronized (this) {
            opener = waiting.poll();
            if (opener == null || over) {
                awaitOthers();
                return null;
            }
            reading++;
        }
        try {
            BatchReader reader = opener.open(rejects);
            synchronized (this) {
                open.add(reader);
            }
            return reader;
        } catch (IOException | RuntimeException failed) {
            ended();
            throw failed;
        }
    }

    /** An engine thread that came back with nothing would look for work again and again, on a core of its own. */
    private synchronized void awaitOthers() {
        try {
            while (reading > 0 && !over && !cancellation.requested()) {
                wait(200);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Nullable
    ColumnBatch read(BatchReader reader) throws IOException {
        cancellation.check();
        ColumnBatch batch = reader.next();
        FailPoint.K6.pass();
        if (batch == null) {
            synchronized (this) {
                open.remove(reader);
            }
            reader.close();
            ended();
        } else {
            rows.addAndGet(batch.rows());
        }
        return batch;
    }

    private synchronized void ended() {
        reading--;
        notifyAll();
    }

    /** Keeps what the engine will only repeat as a text. */
    synchronized RuntimeException fail(Throwable failed) {
        RuntimeException kept = failed instanceof RuntimeException known
                ? known
                : new HeadworksException(FailureKind.RUN, "Cannot read rows: " + failed.getMessage(), null, failed);
        if (failure == null) {
            failure = kept;
        }
        over = true;
        notifyAll();
        return kept;
    }

    /** Why it failed first; null when it did not. */
    public synchronized @Nullable RuntimeException failure() {
        return failure;
    }

    /** True when a statement has read every stream to its end. */
    public synchronized boolean isRead() {
        return begun.get() && waiting.isEmpty() && reading == 0 && failure == null;
    }

    /** Rows handed over so far. */
    public long rows() {
        return rows.get();
    }

    /** Closes what a statement that failed has left open. */
    @Override
    public void close() {
        List<BatchReader> left;
        synchronized (this) {
            over = true;
            notifyAll();
            left = List.copyOf(open);
            open.clear();
        }
        for (BatchReader reader : left) {
            try {
                reader.close();
            } catch (IOException failed) {
                fail(failed);
            }
        }
    }
}
