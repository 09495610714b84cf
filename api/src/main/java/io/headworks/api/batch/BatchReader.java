package io.headworks.api.batch;

import io.headworks.api.type.Schema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A stream of batches, read by one thread. Memory held does not grow with the rows already read. */
public interface BatchReader extends AutoCloseable {
    Schema schema();

    /** The next batch, or null after the last. A failure of the source is an exception, never an early end. */
    @Nullable
    ColumnBatch next() throws IOException;

    @Override
    void close() throws IOException;
}
