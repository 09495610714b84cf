package io.headworks.connector.postgres.load;

import io.headworks.api.batch.Column;
import java.util.BitSet;

/** Decimals that fit a number, as {@link NumericForm} writes them, but a column at once. */
final class NumericWriter implements ColumnWriter {
    private static final long BASE = 10_000;
    private static final int DIGITS = 4;
    private static final int NEGATIVE = 0x4000;
    /** Of a numeric without digits: their count, the place of the first, sign, scale. */
    private static final int HEAD = 8;

    private final int scale;
    /** Groups behind the point. */
    private final int fraction;
    /** Makes the last of them whole. */
    private final long pad;

    private final long most;
    private BitSet nulls = new BitSet();
    private long[] values = {};
    private long[] groups = {};
    private byte[] counts = {};
    private byte[] weights = {};

    /** @param scale 0 to 18 */
    NumericWriter(int scale) {
        this.scale = scale;
        this.fraction = (scale + DIGITS - 1) / DIGITS;
        long power = 1;
        for (int i = scale; i < fraction * DIGITS; i++) {
            power *= 10;
        }
        this.pad = power;
        this.most = Long.MAX_VALUE / power;
    }

    @Override
    public boolean measure(Column column, int rows, int[] sizes) {
        if (!(column instanceof Column.Longs longs) || !fits(longs, rows)) {
            return false;
        }
        values = longs.values();
        nulls = longs.nulls();
        if (groups.length < rows) {
            groups = new long[rows];
            counts = new byte[rows];
            weights = new byte[rows];
        }
        for (int row = 0; row < rows; row++) {
            long rest = Math.abs(values[row]) * pad;
            int dropped = 0;
            while (rest != 0 && rest % BASE == 0) {
                rest /= BASE;
                dropped++;
            }
            int count = groups(rest);
            groups[row] = rest;
            counts[row] = (byte) count;
            weights[row] = (byte) (count == 0 ? 0 : count + dropped - 1 - fraction);
            sizes[row] += LENGTH + HEAD + 2 * count;
        }
        withoutNulls(rows, sizes);
        return true;
    }

    private boolean fits(Column.Longs longs, int rows) {
        for (int row = 0; row < rows; row++) {
            long value = longs.values()[row];
            if ((value > most || value < -most) && !longs.isNull(row)) {
                return false;
            }
        }
        return true;
    }

    private static int groups(long value) {
        if (value < BASE * BASE) {
            return value == 0 ? 0 : value < BASE ? 1 : 2;
        }
        long high = value / (BASE * BASE);
        return high < BASE ? 3 : high < BASE * BASE ? 4 : 5;
    }

    /** What stands in the place of a NULL has been measured like a value. */
    private void withoutNulls(int rows, int[] sizes) {
        for (int row = nulls.nextSetBit(0); row >= 0 && row < rows; row = nulls.nextSetBit(row + 1)) {
            sizes[row] -= HEAD + 2 * counts[row];
        }
    }

    @Override
    public void write(int from, int to, byte[] bytes, int[] places) {
        for (int row = from; row < to; row++) {
            int at = places[row];
            if (nulls.get(row)) {
                NetworkOrder.INT.set(bytes, at, NULL);
                places[row] = at + LENGTH;
                continue;
            }
            int count = counts[row];
            NetworkOrder.INT.set(bytes, at, HEAD + 2 * count);
            int sign = values[row] < 0 ? NEGATIVE : 0;
            NetworkOrder.LONG.set(
                    bytes,
                    at + LENGTH,
                    (long) count << 48 | (weights[row] & 0xffffL) << 32 | (long) sign << 16 | scale);
            long rest = groups[row];
            int end = at + LENGTH + HEAD + 2 * count;
            for (int place = end - 2; place >= at + LENGTH + HEAD; place -= 2) {
                long next = rest / BASE;
                NetworkOrder.SHORT.set(bytes, place, (short) (rest - next * BASE));
                rest = next;
            }
            places[row] = end;
        }
    }
}
