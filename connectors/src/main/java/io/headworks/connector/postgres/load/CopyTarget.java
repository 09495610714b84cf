package io.headworks.connector.postgres.load;

import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Frames;
import io.headworks.connector.relational.BatchRows;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.Statements;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows of the engine on their way into a table by binary COPY, hashed as they pass. */
final class CopyTarget {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int FRAME = 1 << 17;
    /** Bytes before a row's fields, which say how many these are. */
    private static final int COUNT = 2;

    /** What stands in a row beside the batch's data. */
    interface Extra {
        Extra NONE = new Extra() {
            @Override
            public int fields() {
                return 0;
            }

            @Override
            public int lengthBefore() {
                return 0;
            }

            @Override
            public int lengthAfter() {
                return 0;
            }

            @Override
            public void before(TupleBuffer out, long row, boolean deletion, long order) {}

            @Override
            public void after(TupleBuffer out, RowHash hash) {}
        };

        int fields();

        /** All bytes of those fields that stand before the data. */
        int lengthBefore();

        /** All bytes of those that stand behind it. */
        int lengthAfter();

        /** Writes those that stand before the data. */
        void before(TupleBuffer out, long row, boolean deletion, long order);

        /** Writes those that stand behind it; {@code hash} has hashed the data. */
        void after(TupleBuffer out, RowHash hash);
    }

    private final Statements sql;
    private final EngineSession engine;
    private final List<Pair> data;
    private final RowHash hash = new RowHash();

    CopyTarget(Statements sql, EngineSession engine, List<Pair> data) {
        this.sql = sql;
        this.engine = engine;
        this.data = data;
    }

    /**
     * Copies all rows and answers how many.
     *
     * @param into the table and its columns: what stands before the data, the data, what stands behind it
     * @param made true where this transaction made the table: rows are written as they would be after VACUUM, which is less
     *     work later, and a REPEATABLE READ transaction that comes upon the table finds it full and not empty
     */
    long copy(Relation batch, String into, boolean made, Extra extra) {
        try (BatchRows rows = BatchRows.utf8(engine, data, batch)) {
            return copy(into, made, copy -> send(rows, copy, extra));
        }
    }

    /** The same for rows that come as COPY writes them; only their number of fields changes. */
    long pass(Frames.Reader rows, String into, boolean made, Extra extra) {
        return copy(into, made, copy -> pass(rows, copy, extra));
    }

    /** Sends rows and answers how many. */
    private interface Sending {
        long to(CopyIn copy) throws SQLException;
    }

    private long copy(String into, boolean made, Sending sending) {
        return sql.run(() -> {
            CopyIn copy = sql.connection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + into + " FROM STDIN (FORMAT binary" + (made ? ", FREEZE" : "") + ")");
            try {
                long sent = sending.to(copy);
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
    }

    /** Of the data of all rows copied. */
    String hash() {
        return hash.sum();
    }

    private long send(BatchRows rows, CopyIn copy, Extra extra) throws SQLException {
        TupleBuffer out = begun();
        BatchTuples tuples =
                new BatchTuples(rows, data, extra, hash, sql.spelling().database());
        for (ColumnBatch some = rows.next(); some != null; some = rows.next()) {
            tuples.measure(some);
            for (int row = 0; row < some.rows(); ) {
                row = tuples.write(some, row, out, FRAME);
                if (out.length() >= FRAME) {
                    copy.writeToCopy(out.bytes(), 0, out.length());
                    out.clear();
                }
            }
        }
        end(copy, out);
        return tuples.rows();
    }

    private long pass(Frames.Reader rows, CopyIn copy, Extra extra) throws SQLException {
        TupleBuffer out = begun();
        int fields = data.size() + extra.fields();
        long sent = 0;
        try {
            while (rows.next()) {
                int begin = rows.offset() + COUNT;
                int length = rows.length() - COUNT;
                out.putShort(fields);
                extra.before(out, ++sent, false, 0);
                hash.add(rows.bytes(), begin, length);
                out.put(rows.bytes(), begin, length);
                extra.after(out, hash);
                if (out.length() >= FRAME) {
                    copy.writeToCopy(out.bytes(), 0, out.length());
                    out.clear();
                }
            }
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.SOURCE_UNREACHABLE, String.valueOf(failed.getMessage()), null, failed);
        }
        if (rows.sent() != sent) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot account for the rows of a COPY: " + rows.sent() + " were sent by the source, " + sent
                            + " came");
        }
        end(copy, out);
        return sent;
    }

    private static TupleBuffer begun() {
        TupleBuffer out = new TupleBuffer(FRAME + FRAME / 4);
        out.put(SIGNATURE);
        out.putInt(0);
        out.putInt(0);
        return out;
    }

    private static void end(CopyIn copy, TupleBuffer out) throws SQLException {
        out.putShort(-1);
        copy.writeToCopy(out.bytes(), 0, out.length());
    }
}
