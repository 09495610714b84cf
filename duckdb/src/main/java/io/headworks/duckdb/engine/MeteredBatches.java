package io.headworks.duckdb.engine;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.type.Schema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Batches for a target that writes them itself; the meter knows how many of their rows it took. */
final class MeteredBatches implements BatchReader {
    private final BatchReader batches;
    private final Meter meter;
    private final @Nullable Long all;
    private long taken;

    MeteredBatches(BatchReader batches, Meter meter, @Nullable Long all) {
        this.batches = batches;
        this.meter = meter;
        this.all = all;
    }

    @Override
    public Schema schema() {
        return batches.schema();
    }

    @Override
    public @Nullable ColumnBatch next() throws IOException {
        ColumnBatch batch = batches.next();
        if (batch != null) {
            taken += batch.rows();
            meter.rows(taken, all);
        }
        return batch;
    }

    @Override
    public void close() throws IOException {
        meter.movedAll();
        batches.close();
    }
}
