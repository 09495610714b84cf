package io.headworks.connector.postgres.load;

import io.headworks.api.batch.Column;
import java.util.BitSet;

/** Binaries as they are. */
final class BytesWriter implements ColumnWriter {
    private Column.Binaries binaries = new Column.Binaries(new byte[0][], new BitSet());

    @Override
    public boolean measure(Column column, int rows, int[] sizes) {
        if (!(column instanceof Column.Binaries known)) {
            return false;
        }
        binaries = known;
        for (int row = 0; row < rows; row++) {
            int length = known.isNull(row) ? 0 : known.values()[row].length;
            sizes[row] = Math.addExact(sizes[row], Math.addExact(LENGTH, length));
        }
        return true;
    }

    @Override
    public void write(int from, int to, byte[] bytes, int[] places) {
        for (int row = from; row < to; row++) {
            int at = places[row];
            boolean isNull = binaries.isNull(row);
            byte[] value = binaries.values()[row];
            NetworkOrder.INT.set(bytes, at, isNull ? NULL : value.length);
            places[row] = at + LENGTH;
            if (!isNull) {
                System.arraycopy(value, 0, bytes, at + LENGTH, value.length);
                places[row] += value.length;
            }
        }
    }
}
