package io.headworks.connector.postgres.load;

import java.util.BitSet;

/** Fields of one width, from numbers; a loop of its own for each width and none that asks for NULLs where there are none. */
final class FixedFields {
    private final int width;

    FixedFields(int width) {
        this.width = width;
    }

    void measure(BitSet nulls, int rows, int[] sizes) {
        int size = ColumnWriter.LENGTH + width;
        if (nulls.isEmpty()) {
            for (int row = 0; row < rows; row++) {
                sizes[row] += size;
            }
            return;
        }
        for (int row = 0; row < rows; row++) {
            sizes[row] += nulls.get(row) ? ColumnWriter.LENGTH : size;
        }
    }

    /** @param less taken off each value */
    void write(long[] values, long less, BitSet nulls, int from, int to, byte[] bytes, int[] places) {
        if (!nulls.isEmpty()) {
            some(values, less, nulls, from, to, bytes, places);
        } else if (width == Long.BYTES) {
            for (int row = from; row < to; row++) {
                int at = places[row];
                NetworkOrder.INT.set(bytes, at, Long.BYTES);
                NetworkOrder.LONG.set(bytes, at + ColumnWriter.LENGTH, values[row] - less);
                places[row] = at + ColumnWriter.LENGTH + Long.BYTES;
            }
        } else if (width == Integer.BYTES) {
            for (int row = from; row < to; row++) {
                int at = places[row];
                NetworkOrder.LONG.set(
                        bytes, at, (long) Integer.BYTES << Integer.SIZE | values[row] - less & 0xffff_ffffL);
                places[row] = at + ColumnWriter.LENGTH + Integer.BYTES;
            }
        } else {
            some(values, less, nulls, from, to, bytes, places);
        }
    }

    private void some(long[] values, long less, BitSet nulls, int from, int to, byte[] bytes, int[] places) {
        for (int row = from; row < to; row++) {
            int at = places[row];
            boolean isNull = nulls.get(row);
            NetworkOrder.INT.set(bytes, at, isNull ? ColumnWriter.NULL : width);
            at += ColumnWriter.LENGTH;
            if (!isNull) {
                put(values[row] - less, bytes, at);
                at += width;
            }
            places[row] = at;
        }
    }

    private void put(long value, byte[] bytes, int at) {
        switch (width) {
            case Long.BYTES -> NetworkOrder.LONG.set(bytes, at, value);
            case Integer.BYTES -> NetworkOrder.INT.set(bytes, at, (int) value);
            case Short.BYTES -> NetworkOrder.SHORT.set(bytes, at, (short) value);
            default -> bytes[at] = (byte) value;
        }
    }
}
