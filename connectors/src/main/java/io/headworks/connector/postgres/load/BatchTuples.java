package io.headworks.connector.postgres.load;

import io.headworks.api.batch.ColumnBatch;
import io.headworks.connector.relational.BatchRows;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.result.UnfitValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Batches as tuples of binary COPY, each row hashed. First all columns say how long their fields are; then, for as many rows
 * as fill a frame, each column writes its fields where they belong.
 */
final class BatchTuples {
    /** Bytes before a row's fields, which say how many these are. */
    private static final int COUNT = 2;

    private final BatchRows source;
    private final CopyTarget.Extra extra;
    private final RowHash hash;
    private final String database;
    private final List<ColumnWriter> writers = new ArrayList<>();
    private final int fields;
    private int[] sizes = {};
    private int[] begins = {};
    private int[] places = {};
    private long rows;

    BatchTuples(BatchRows source, List<Pair> data, CopyTarget.Extra extra, RowHash hash, String database) {
        this.source = source;
        this.extra = extra;
        this.hash = hash;
        this.database = database;
        data.forEach(pair -> writers.add(
                ColumnWriters.of(pair.delivered().type(), pair.column().declared())));
        this.fields = writers.size() + extra.fields();
    }

    /** All rows written. */
    long rows() {
        return rows;
    }

    /** Takes a batch, all of whose rows are written before the next. */
    void measure(ColumnBatch batch) {
        if (sizes.length < batch.rows()) {
            sizes = new int[batch.rows()];
            begins = new int[batch.rows()];
            places = new int[batch.rows()];
        }
        Arrays.fill(sizes, COUNT + extra.lengthBefore() + extra.lengthAfter());
        for (int i = 0; i < writers.size(); i++) {
            try {
                writers.get(i).measure(batch.columns().get(i), batch.rows(), sizes);
            } catch (UnfitValue unfit) {
                throw source.unfit(i, database, unfit);
            }
        }
    }

    /** Writes rows of the batch from one on until {@code full} bytes stand there, and answers the next row. */
    int write(ColumnBatch batch, int from, TupleBuffer out, int full) {
        int begin = out.length();
        long end = begin;
        int to = from;
        while (to < batch.rows() && end < full) {
            begins[to] = (int) end;
            end += sizes[to];
            to++;
        }
        out.room(Math.toIntExact(end - begin));
        begin(batch, from, to, out);
        for (int i = 0; i < writers.size(); i++) {
            try {
                writers.get(i).write(from, to, out.bytes(), places);
            } catch (UnfitValue unfit) {
                throw source.unfit(i, database, unfit);
            }
        }
        end(from, to, out);
        return to;
    }

    private void begin(ColumnBatch batch, int from, int to, TupleBuffer out) {
        for (int row = from; row < to; row++) {
            out.at(begins[row]);
            out.putShort(fields);
            extra.before(out, ++rows, source.isDeletion(batch, row), source.order(batch, row));
            places[row] = out.length();
        }
    }

    private void end(int from, int to, TupleBuffer out) {
        int data = COUNT + extra.lengthBefore();
        for (int row = from; row < to; row++) {
            int begun = begins[row] + data;
            hash.add(out.bytes(), begun, places[row] - begun);
            out.at(places[row]);
            extra.after(out, hash);
            if (out.length() != begins[row] + sizes[row]) {
                throw new IllegalStateException("row " + row + " is " + (out.length() - begins[row])
                        + " bytes long and was measured as " + sizes[row]);
            }
        }
    }
}
