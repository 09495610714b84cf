package io.headworks.connector.postgres.load;

import io.headworks.api.batch.Column;
import io.headworks.connector.result.UnfitValue;
import java.util.BitSet;

/** Whole numbers, and dates and times, which are numbers of days and microseconds. */
final class WholeWriter implements ColumnWriter {
    private final FixedFields fields;
    private final TimeBounds bounds;
    private long[] values = {};
    private BitSet nulls = new BitSet();

    WholeWriter(int width, TimeBounds bounds) {
        this.fields = new FixedFields(width);
        this.bounds = bounds;
    }

    @Override
    public boolean measure(Column column, int rows, int[] sizes) throws UnfitValue {
        if (!(column instanceof Column.Longs longs)) {
            return false;
        }
        values = longs.values();
        nulls = longs.nulls();
        if (bounds != TimeBounds.NONE) {
            for (int row = 0; row < rows; row++) {
                if (!bounds.hold(values[row]) && !nulls.get(row)) {
                    throw bounds.unfit();
                }
            }
        }
        fields.measure(nulls, rows, sizes);
        return true;
    }

    @Override
    public void write(int from, int to, byte[] bytes, int[] places) {
        fields.write(values, bounds.epoch(), nulls, from, to, bytes, places);
    }
}
