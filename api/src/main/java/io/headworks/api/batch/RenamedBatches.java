package io.headworks.api.batch;

import io.headworks.api.type.Schema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The batches of another reader, their columns called otherwise.
 *
 * @param schema the reader's own, but for the names
 */
public record RenamedBatches(BatchReader reader, Schema schema) implements BatchReader {

    @Override
    public @Nullable ColumnBatch next() throws IOException {
        ColumnBatch batch = reader.next();
        return batch == null ? null : new ColumnBatch(schema, batch.rows(), batch.columns());
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
