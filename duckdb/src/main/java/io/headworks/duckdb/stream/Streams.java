package io.headworks.duckdb.stream;

import io.headworks.api.run.Cancellation;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.RowSource;
import io.headworks.duckdb.batch.VectorColumn;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;

/** The streams of one instance of the engine. */
public final class Streams {
    private static final String FUNCTION = "hw_stream";

    private final DuckDBConnection instance;
    private final AtomicLong numbers = new AtomicLong();
    private final StreamFunction function = new StreamFunction();
    private boolean registered;

    public Streams(DuckDBConnection instance) {
        this.instance = instance;
    }

    /**
     * Streams that a statement can read.
     *
     * @param select reads them all, once, with the types of the schema
     */
    public record Opened(long number, StreamJob job, String select) {}

    /** Makes streams readable; nothing is opened before a statement reads them. */
    public Opened open(RowSource.Parallel source, Cancellation cancellation, Consumer<RejectedRow> rejects)
            throws SQLException {
        StreamFunction known = function();
        long number = numbers.incrementAndGet();
        StreamJob job = new StreamJob(source, cancellation, rejects);
        known.add(number, job);
        return new Opened(
                number,
                job,
                "SELECT " + VectorColumn.typedColumns(source.schema()) + " FROM " + FUNCTION + "(" + number + ")");
    }

    public void close(Opened opened) {
        function.remove(opened.number());
        opened.job().close();
    }

    private synchronized StreamFunction function() throws SQLException {
        if (!registered) {
            function.register(instance, FUNCTION);
            registered = true;
        }
        return function;
    }
}
