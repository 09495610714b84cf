package io.headworks.connector.files;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.type.Schema;
import org.jspecify.annotations.Nullable;

/** A stream that ends at once. */
record NoRows(Schema schema) implements BatchReader {
    @Override
    public @Nullable ColumnBatch next() {
        return null;
    }

    @Override
    public void close() {}
}
