package io.headworks.duckdb.stream;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.duckdb.batch.VectorColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.duckdb.RawChunk;
import org.duckdb.RawTableFunction;
import org.jspecify.annotations.Nullable;

/** The table function {@code hw_stream(number)}: the rows of a job, in the types of the engine's memory. */
final class StreamFunction extends RawTableFunction<StreamFunction.Bound> {
    /** Rows of the engine's chunk. */
    private static final int CHUNK = 2048;

    private final Map<Long, StreamJob> jobs = new ConcurrentHashMap<>();

    /** A job and how its columns are written. */
    record Bound(StreamJob job, List<VectorColumn> columns) {}

    /** What one of the engine's threads is at. Threads of the engine are new ones to Java at every call. */
    private static final class At {
        private @Nullable BatchReader reader;
        private @Nullable ColumnBatch batch;
        private int row;
    }

    void add(long number, StreamJob job) {
        jobs.put(number, job);
    }

    void remove(long number) {
        jobs.remove(number);
    }

    @Override
    protected Bound bind(long number) {
        StreamJob job = Objects.requireNonNull(jobs.get(number), () -> "no stream " + number);
        return new Bound(job, VectorColumn.all(job.schema()));
    }

    @Override
    protected List<RawColumn> columns(Bound bound) {
        List<RawColumn> columns = new ArrayList<>();
        List<String> names = bound.job().schema().names();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new RawColumn(names.get(i), bound.columns().get(i).stored()));
        }
        return columns;
    }

    @Override
    protected int threads(Bound bound) {
        bound.job().begin();
        return Math.max(bound.job().parts(), Runtime.getRuntime().availableProcessors());
    }

    @Override
    protected Object local(Bound bound) {
        return new At();
    }

    @Override
    protected int fill(Bound bound, Object local, RawChunk chunk) {
        try {
            At at = (At) local;
            ColumnBatch batch = current(bound.job(), at);
            if (batch == null) {
                return 0;
            }
            int rows = Math.min(CHUNK, batch.rows() - at.row);
            for (int i = 0; i < bound.columns().size(); i++) {
                bound.columns().get(i).writer().write(batch.columns().get(i), at.row, rows, chunk.vector(i));
            }
            at.row += rows;
            return rows;
        } catch (Throwable failed) {
            throw bound.job().fail(failed);
        }
    }

    private static @Nullable ColumnBatch current(StreamJob job, At at) throws Exception {
        while (at.batch == null || at.row == at.batch.rows()) {
            if (at.reader == null) {
                at.reader = job.next();
                if (at.reader == null) {
                    return null;
                }
            }
            at.batch = job.read(at.reader);
            at.row = 0;
            if (at.batch == null) {
                at.reader = null;
            }
        }
        return at.batch;
    }
}
