package io.headworks.connector.postgres.load;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.postgres.load.FieldWriter.UnfitValue;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.Statements;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows of the engine on their way into a table by binary COPY, hashed as they pass. */
final class CopyTarget {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int FRAME = 1 << 17;

    /** What stands in a row beside the batch's data. */
    interface Extra {
        int fields();

        /** Writes those that stand before the data. */
        void before(TupleBuffer out, long row, boolean deletion, long order);

        /** Writes those that stand behind it; {@code hash} has hashed the data. */
        void after(TupleBuffer out, RowHash hash);
    }

    private final Statements sql;
    private final EngineSession engine;
    private final List<Pair> data;
    private final List<FieldWriter> writers = new ArrayList<>();
    private final RowHash hash = new RowHash();

    CopyTarget(Statements sql, EngineSession engine, List<Pair> data) {
        this.sql = sql;
        this.engine = engine;
        this.data = data;
        data.forEach(pair -> writers.add(
                FieldWriters.of(pair.delivered().type(), pair.column().declared())));
    }

    /**
     * Copies all rows and answers how many.
     *
     * @param into the table and its columns: what stands before the data, the data, what stands behind it
     */
    long copy(Relation batch, String into, Extra extra) {
        try (BatchReader rows = engine.read(asked(batch))) {
            return sql.run(() -> {
                CopyIn copy = sql.connection()
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY " + into + " FROM STDIN (FORMAT binary)");
                try {
                    long sent = send(rows, batch, copy, extra);
                    long taken = copy.endCopy();
                    if (taken != sent) {
                        throw new HeadworksException(
                                FailureKind.INTERNAL,
                                "Cannot account for the rows of a COPY: " + sent + " were sent, " + taken + " taken");
                    }
                    return sent;
                } finally {
                    if (copy.isActive()) {
                        copy.cancelCopy();
                    }
                }
            });
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot read the batch: " + failed.getMessage(), null, failed);
        }
    }

    /** Of the data of all rows copied. */
    String hash() {
        return hash.sum();
    }

    /** The batch's columns in the table's order, then the hidden ones as columns like others. */
    private Relation asked(Relation batch) {
        List<Field> fields = new ArrayList<>();
        data.forEach(pair -> fields.add(pair.delivered()));
        if (batch.carries(HiddenColumns.OP)) {
            fields.add(new Field(HiddenColumns.OP, DataType.TEXT));
        }
        if (batch.carries(HiddenColumns.SEQ)) {
            fields.add(new Field(HiddenColumns.SEQ, DataType.BIGINT));
        }
        return new Relation(batch.sql(), new Schema(fields), List.of());
    }

    private long send(BatchReader rows, Relation batch, CopyIn copy, Extra extra) throws SQLException {
        TupleBuffer out = new TupleBuffer(FRAME + FRAME / 4);
        out.put(SIGNATURE);
        out.putInt(0);
        out.putInt(0);
        int op = batch.carries(HiddenColumns.OP) ? data.size() : -1;
        int seq = batch.carries(HiddenColumns.SEQ) ? data.size() + (op < 0 ? 0 : 1) : -1;
        int fields = data.size() + extra.fields();
        long sent = 0;
        for (ColumnBatch some = next(rows); some != null; some = next(rows)) {
            List<Column> columns = some.columns();
            for (int row = 0; row < some.rows(); row++) {
                out.putShort(fields);
                boolean deletion = op >= 0 && "delete".equals(((Column.Texts) columns.get(op)).values()[row]);
                extra.before(out, ++sent, deletion, seq < 0 ? 0 : ((Column.Longs) columns.get(seq)).values()[row]);
                int begun = out.length();
                for (int i = 0; i < writers.size(); i++) {
                    write(i, columns.get(i), row, out);
                }
                hash.add(out.bytes(), begun, out.length() - begun);
                extra.after(out, hash);
                if (out.length() >= FRAME) {
                    copy.writeToCopy(out.bytes(), 0, out.length());
                    out.clear();
                }
            }
        }
        out.putShort(-1);
        copy.writeToCopy(out.bytes(), 0, out.length());
        return sent;
    }

    private static @org.jspecify.annotations.Nullable ColumnBatch next(BatchReader rows) {
        try {
            return rows.next();
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot read the batch: " + failed.getMessage(), null, failed);
        }
    }

    private void write(int index, Column column, int row, TupleBuffer out) {
        if (column.isNull(row)) {
            out.putNull();
            return;
        }
        try {
            writers.get(index).write(column, row, out);
        } catch (UnfitValue unfit) {
            Pair pair = data.get(index);
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot keep a value of column '" + pair.column().name() + "' ("
                            + pair.delivered().type() + ") in PostgreSQL: it " + unfit.getMessage());
        }
    }
}
