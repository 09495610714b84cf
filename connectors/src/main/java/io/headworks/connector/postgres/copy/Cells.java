package io.headworks.connector.postgres.copy;

import java.util.BitSet;

/**
 * The values of one column on the wire.
 *
 * @param starts where in {@code bytes} the value of each row begins
 * @param lengths in bytes; negative for NULL
 */
record Cells(byte[] bytes, int[] starts, int[] lengths, int rows) {

    boolean isNull(int row) {
        return lengths[row] < 0;
    }

    BitSet nulls() {
        BitSet nulls = new BitSet();
        for (int row = 0; row < rows; row++) {
            if (lengths[row] < 0) {
                nulls.set(row);
            }
        }
        return nulls;
    }

    /** Fixed-size values have one length; another one means that the column is not of the type it was announced as. */
    void check(int length) {
        for (int row = 0; row < rows; row++) {
            if (lengths[row] != length && lengths[row] >= 0) {
                throw new CorruptCopyException("a value has " + lengths[row] + " bytes instead of " + length);
            }
        }
    }

    Cells without(BitSet left) {
        int[] keptStarts = new int[rows];
        int[] keptLengths = new int[rows];
        int kept = 0;
        for (int row = left.nextClearBit(0); row < rows; row = left.nextClearBit(row + 1)) {
            keptStarts[kept] = starts[row];
            keptLengths[kept++] = lengths[row];
        }
        return new Cells(bytes, keptStarts, keptLengths, kept);
    }

    Cells only(int row) {
        return new Cells(bytes, new int[] {starts[row]}, new int[] {lengths[row]}, 1);
    }
}
