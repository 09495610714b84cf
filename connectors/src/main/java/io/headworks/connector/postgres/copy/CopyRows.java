package io.headworks.connector.postgres.copy;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.source.RejectedRow;
import io.headworks.api.type.Schema;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** A binary COPY as batches; a row with a value that has no place in its column's type goes to the rejects. */
public final class CopyRows implements BatchReader {
    private final CopyOut copy;
    private final Schema schema;
    private final List<Decoder> decoders;
    private final String source;
    private final Consumer<RejectedRow> rejects;
    private final Failures failures;
    private final AutoCloseable session;
    private final Tuples tuples;
    private boolean drained;

    /** What the server's failures mean. */
    public interface Failures {
        RuntimeException of(String what, SQLException failed);
    }

    /**
     * Reads a COPY that has begun.
     *
     * @param source the name of the table, for rejected rows
     * @param session closed with this
     */
    public CopyRows(
            CopyOut copy,
            Schema schema,
            List<Decoder> decoders,
            String source,
            Consumer<RejectedRow> rejects,
            Failures failures,
            AutoCloseable session) {
        this.copy = copy;
        this.schema = schema;
        this.decoders = List.copyOf(decoders);
        this.source = source;
        this.rejects = rejects;
        this.failures = failures;
        this.session = session;
        this.tuples = new Tuples(decoders.size());
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable ColumnBatch next() {
        while (true) {
            fill();
            if (tuples.rows() == 0) {
                return null;
            }
            ColumnBatch batch = decode();
            tuples.clear();
            if (batch.rows() > 0) {
                return batch;
            }
        }
    }

    private void fill() {
        try {
            while (!tuples.isFull() && !drained) {
                byte[] message = copy.readFromCopy();
                if (message != null) {
                    tuples.add(message);
                } else if (tuples.hasEnded()) {
                    drained = true;
                } else {
                    throw new CorruptCopyException("it ended in the middle of " + source + " (" + tuples + ")");
                }
            }
        } catch (SQLException failed) {
            throw failures.of("read " + source, failed);
        }
    }

    private ColumnBatch decode() {
        Unfit unfit = new Unfit();
        List<Column> columns = new ArrayList<>(decoders.size());
        for (int i = 0; i < decoders.size(); i++) {
            unfit.enter(i);
            columns.add(decoders.get(i).decode(tuples.cells(i), unfit));
        }
        return unfit.isEmpty() ? new ColumnBatch(schema, tuples.rows(), columns) : fitting(columns, unfit);
    }

    /** Rare, so the rows that are left are decoded a second time. */
    private ColumnBatch fitting(List<Column> columns, Unfit unfit) {
        for (Map.Entry<Integer, Unfit.Reason> entry : unfit.reasons().entrySet()) {
            reject(columns, entry.getKey(), entry.getValue());
        }
        List<Column> kept = new ArrayList<>(decoders.size());
        for (int i = 0; i < decoders.size(); i++) {
            kept.add(decoders.get(i).decode(tuples.cells(i).without(unfit.rows()), new Unfit()));
        }
        return new ColumnBatch(schema, tuples.rows() - unfit.reasons().size(), kept);
    }

    private void reject(List<Column> columns, int row, Unfit.Reason reason) {
        var field = schema.fields().get(reason.column());
        rejects.accept(new RejectedRow(
                source,
                null,
                null,
                field.name(),
                "type",
                "Cannot read " + field.name() + " as " + field.type() + ": it " + reason.what(),
                RawRow.of(schema, columns, row, reason.column())));
    }

    /** Ends the COPY with its session: a cancellation of it would have to wait for the rows that are under way. */
    @Override
    public void close() throws IOException {
        try {
            session.close();
        } catch (Exception failed) {
            throw new IOException("Cannot close the reading of " + source + ": " + failed.getMessage(), failed);
        }
    }
}
