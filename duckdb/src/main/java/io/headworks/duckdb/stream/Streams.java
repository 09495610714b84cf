package io.headworks.duckdb.stream;

import io.headworks.api.run.Cancellation;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.RowSource;
import io.headworks.duckdb.batch.VectorColumn;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The streams of one instance of the engine. */
public final class Streams {
    private static final String FUNCTION = "hw_stream";

    /** A way out for a machine on which the trial passes and the engine still does not like it. */
    private static final boolean ALLOWED = !"off".equals(System.getProperty("headworks.duckdb.raw"));

    private final DuckDBConnection instance;
    private final AtomicLong numbers = new AtomicLong();
    private final StreamFunction function = new StreamFunction();
    private @Nullable Boolean usable;

    public Streams(DuckDBConnection instance) {
        this.instance = instance;
    }

    /** False where the driver is not the one that its memory is known of; then nothing here may be opened. */
    public synchronized boolean isUsable() {
        if (usable == null) {
            usable = ALLOWED && isTried();
        }
        return usable;
    }

    private boolean isTried() {
        try {
            function.register(instance, FUNCTION);
            return StreamTrial.passes(instance, this);
        } catch (SQLException | LinkageError another) {
            return false;
        }
    }

    /**
     * Streams that a statement can read.
     *
     * @param select reads them all, once, with the types of the schema
     */
    public record Opened(long number, StreamJob job, String select) {}

    /** Makes streams readable; nothing is opened before a statement reads them. */
    public Opened open(RowSource.Parallel source, Cancellation cancellation, Consumer<RejectedRow> rejects) {
        long number = numbers.incrementAndGet();
        StreamJob job = new StreamJob(source, cancellation, rejects);
        function.add(number, job);
        return new Opened(
                number,
                job,
                "SELECT " + VectorColumn.typedColumns(source.schema()) + " FROM " + FUNCTION + "(" + number + ")");
    }

    public void close(Opened opened) {
        function.remove(opened.number());
        opened.job().close();
    }
}
