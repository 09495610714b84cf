package io.headworks.connector.postgres.load;

import io.headworks.api.batch.Column;
import java.util.BitSet;

/** Floating point numbers, by their bits. */
final class FloatWriter implements ColumnWriter {
    private final boolean single;
    private final FixedFields fields;
    private long[] bits = {};
    private BitSet nulls = new BitSet();

    /** @param single true for {@code real} */
    FloatWriter(boolean single) {
        this.single = single;
        this.fields = new FixedFields(single ? Float.BYTES : Double.BYTES);
    }

    @Override
    public boolean measure(Column column, int rows, int[] sizes) {
        if (!(column instanceof Column.Doubles doubles)) {
            return false;
        }
        double[] values = doubles.values();
        bits = bits.length < rows ? new long[rows] : bits;
        for (int row = 0; row < rows; row++) {
            bits[row] = single ? Float.floatToIntBits((float) values[row]) : Double.doubleToLongBits(values[row]);
        }
        nulls = doubles.nulls();
        fields.measure(nulls, rows, sizes);
        return true;
    }

    @Override
    public void write(int from, int to, byte[] bytes, int[] places) {
        fields.write(bits, 0, nulls, from, to, bytes, places);
    }
}
