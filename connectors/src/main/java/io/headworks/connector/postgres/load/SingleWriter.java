package io.headworks.connector.postgres.load;

import io.headworks.api.batch.Column;
import io.headworks.connector.result.UnfitValue;

/** Any column, value by value: the fields are written aside to know how long they are. */
final class SingleWriter implements ColumnWriter {
    private final FieldWriter writer;
    private final TupleBuffer aside = new TupleBuffer(1 << 10);
    private int[] ends = {};

    SingleWriter(FieldWriter writer) {
        this.writer = writer;
    }

    @Override
    public boolean measure(Column column, int rows, int[] sizes) throws UnfitValue {
        aside.clear();
        ends = ends.length < rows ? new int[rows] : ends;
        for (int row = 0; row < rows; row++) {
            int begun = aside.length();
            if (column.isNull(row)) {
                aside.putNull();
            } else {
                writer.write(column, row, aside);
            }
            ends[row] = aside.length();
            sizes[row] = Math.addExact(sizes[row], ends[row] - begun);
        }
        return true;
    }

    @Override
    public void write(int from, int to, byte[] bytes, int[] places) {
        int begin = from == 0 ? 0 : ends[from - 1];
        for (int row = from; row < to; row++) {
            int length = ends[row] - begin;
            System.arraycopy(aside.bytes(), begin, bytes, places[row], length);
            places[row] += length;
            begin = ends[row];
        }
    }
}
