package io.headworks.core.service;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.source.RowSource;
import io.headworks.api.type.Schema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The batches of a stream until there are enough rows; the rest is never asked for. */
public final class FirstRows implements BatchReader {
    private final BatchReader reader;
    private long left;

    FirstRows(BatchReader reader, long enough) {
        this.reader = reader;
        this.left = enough;
    }

    /** Some more rows than that at most, where the connector hands them over; all of them where the engine reads in place. */
    public static RowSource of(RowSource rows, int limit) {
        if (rows instanceof RowSource.Parallel streams) {
            return new RowSource.Streamed(
                    rejects -> new FirstRows(streams.parts().get(0).open(rejects), limit));
        } else if (rows instanceof RowSource.Streamed stream) {
            return new RowSource.Streamed(
                    rejects -> new FirstRows(stream.opener().open(rejects), limit));
        }
        return rows;
    }

    @Override
    public Schema schema() {
        return reader.schema();
    }

    @Override
    public @Nullable ColumnBatch next() throws IOException {
        ColumnBatch batch = left <= 0 ? null : reader.next();
        left -= batch == null ? 0 : batch.rows();
        return batch;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
