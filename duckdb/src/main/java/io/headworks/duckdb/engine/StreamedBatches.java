package io.headworks.duckdb.engine;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.Relation;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.batch.TableBatches;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a relation as the engine makes them, on the session's own connection: they are stored nowhere. */
final class StreamedBatches implements BatchReader {
    private final SessionSql sql;
    private final TableBatches batches;

    private StreamedBatches(SessionSql sql, TableBatches batches) {
        this.sql = sql;
        this.batches = batches;
    }

    static StreamedBatches open(SessionSql sql, Relation relation) {
        sql.stream();
        try {
            return new StreamedBatches(
                    sql,
                    sql.step(() -> TableBatches.stream(
                            sql.connection(), sql.cancellation(), relation.sql(), relation.schema())));
        } catch (RuntimeException failed) {
            sql.streamed();
            throw failed;
        }
    }

    @Override
    public Schema schema() {
        return batches.schema();
    }

    /** After the last the files that were read must still be those that were looked at. */
    @Override
    public @Nullable ColumnBatch next() {
        ColumnBatch batch = sql.step(() -> Optional.ofNullable(batches.next())).orElse(null);
        if (batch == null) {
            sql.proved().check();
        }
        return batch;
    }

    @Override
    public void close() throws IOException {
        try {
            batches.close();
        } finally {
            sql.streamed();
        }
    }
}
