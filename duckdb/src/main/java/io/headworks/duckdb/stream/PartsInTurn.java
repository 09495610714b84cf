package io.headworks.duckdb.stream;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.source.RowSource;
import io.headworks.api.type.Schema;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parallel streams as one, for an engine whose memory cannot be written to: each after the one before. */
public final class PartsInTurn implements BatchReader {
    private final Schema schema;
    private final Iterator<RowSource.Opener> parts;
    private final Consumer<RejectedRow> rejects;
    private @Nullable BatchReader reader;

    public PartsInTurn(RowSource.Parallel rows, Consumer<RejectedRow> rejects) {
        this.schema = rows.schema();
        this.parts = rows.parts().iterator();
        this.rejects = rejects;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable ColumnBatch next() throws IOException {
        while (reader != null || parts.hasNext()) {
            if (reader == null) {
                reader = parts.next().open(rejects);
            }
            ColumnBatch batch = reader.next();
            if (batch != null) {
                return batch;
            }
            close();
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        BatchReader open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }
}
