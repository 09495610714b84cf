package io.headworks.duckdb.batch;

import io.headworks.api.batch.Column;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.BitSet;
import java.util.stream.LongStream;
import org.duckdb.RawChunk.RawVector;

/** Numbers into the engine's memory, a tight loop for each width. A value that its type does not hold is a failure. */
final class VectorNumbers {
    private static final int LARGEST_LONG = 18;
    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(19).toArray();

    private VectorNumbers() {}

    static VectorColumn.Writer bytes(String name, long low, long high) {
        return (column, from, rows, to) -> {
            long[] values = within(name, (Column.Longs) column, from, rows, low, high);
            ByteBuffer data = to.data(rows, Byte.BYTES);
            for (int i = 0; i < rows; i++) {
                data.put(i, (byte) values[from + i]);
            }
            nulls(column.nulls(), from, rows, to);
        };
    }

    static VectorColumn.Writer shorts(String name, long low, long high) {
        return (column, from, rows, to) -> {
            long[] values = within(name, (Column.Longs) column, from, rows, low, high);
            shorts(values, from, rows, to);
            nulls(column.nulls(), from, rows, to);
        };
    }

    static VectorColumn.Writer ints(String name, long low, long high) {
        return (column, from, rows, to) -> {
            long[] values = within(name, (Column.Longs) column, from, rows, low, high);
            ints(values, from, rows, to);
            nulls(column.nulls(), from, rows, to);
        };
    }

    static VectorColumn.Writer longs() {
        return (column, from, rows, to) -> {
            to.data(rows, Long.BYTES).asLongBuffer().put(((Column.Longs) column).values(), from, rows);
            nulls(column.nulls(), from, rows, to);
        };
    }

    static VectorColumn.Writer doubles() {
        return (column, from, rows, to) -> {
            to.data(rows, Double.BYTES).asDoubleBuffer().put(((Column.Doubles) column).values(), from, rows);
            nulls(column.nulls(), from, rows, to);
        };
    }

    static VectorColumn.Writer floats() {
        return (column, from, rows, to) -> {
            double[] values = ((Column.Doubles) column).values();
            ByteBuffer data = to.data(rows, Float.BYTES);
            for (int i = 0; i < rows; i++) {
                data.putFloat(i * Float.BYTES, (float) values[from + i]);
            }
            nulls(column.nulls(), from, rows, to);
        };
    }

    static VectorColumn.Writer hugeints() {
        return (column, from, rows, to) -> {
            BigDecimal[] values = ((Column.Decimals) column).values();
            ByteBuffer data = to.data(rows, 16);
            for (int i = 0; i < rows; i++) {
                if (!column.isNull(from + i)) {
                    huge(data, i, values[from + i].toBigIntegerExact());
                }
            }
            nulls(column.nulls(), from, rows, to);
        };
    }

    static VectorColumn.Writer decimal(String name, DataType.Decimal type) {
        if (type.precision() > LARGEST_LONG) {
            return (column, from, rows, to) -> wide(name, type, (Column.Decimals) column, from, rows, to);
        }
        long most = POWERS[type.precision()] - 1;
        return (column, from, rows, to) -> {
            long[] values = within(name, (Column.Longs) column, from, rows, -most, most);
            if (type.precision() <= 4) {
                shorts(values, from, rows, to);
            } else if (type.precision() <= 9) {
                ints(values, from, rows, to);
            } else {
                to.data(rows, Long.BYTES).asLongBuffer().put(values, from, rows);
            }
            nulls(column.nulls(), from, rows, to);
        };
    }

    private static void wide(
            String name, DataType.Decimal type, Column.Decimals column, int from, int rows, RawVector to) {
        ByteBuffer data = to.data(rows, 16);
        for (int i = 0; i < rows; i++) {
            if (!column.isNull(from + i)) {
                BigDecimal value = column.values()[from + i];
                BigDecimal scaled = exactly(value, type.scale());
                if (scaled == null || scaled.precision() > type.precision()) {
                    throw unfit(name, value.toPlainString());
                }
                huge(data, i, scaled.unscaledValue());
            }
        }
        nulls(column.nulls(), from, rows, to);
    }

    private static @org.jspecify.annotations.Nullable BigDecimal exactly(BigDecimal value, int scale) {
        if (value.scale() == scale) {
            return value;
        }
        return value.stripTrailingZeros().scale() <= scale ? value.setScale(scale, RoundingMode.UNNECESSARY) : null;
    }

    private static void huge(ByteBuffer data, int row, BigInteger value) {
        data.putLong(row * 16, value.longValue());
        data.putLong(row * 16 + 8, value.shiftRight(64).longValueExact());
    }

    private static void shorts(long[] values, int from, int rows, RawVector to) {
        ByteBuffer data = to.data(rows, Short.BYTES);
        for (int i = 0; i < rows; i++) {
            data.putShort(i * Short.BYTES, (short) values[from + i]);
        }
    }

    private static void ints(long[] values, int from, int rows, RawVector to) {
        int[] narrow = new int[rows];
        for (int i = 0; i < rows; i++) {
            narrow[i] = (int) values[from + i];
        }
        IntBuffer data = to.data(rows, Integer.BYTES).asIntBuffer();
        data.put(narrow);
    }

    private static long[] within(String name, Column.Longs column, int from, int rows, long low, long high) {
        long[] values = column.values();
        for (int i = from; i < from + rows; i++) {
            if ((values[i] < low || values[i] > high) && !column.isNull(i)) {
                throw unfit(name, Long.toString(values[i]));
            }
        }
        return values;
    }

    private static HeadworksException unfit(String name, String value) {
        return new HeadworksException(
                FailureKind.RUN,
                "Cannot hold " + value + " in column '" + name + "': it does not fit its type exactly");
    }

    /** Marks NULLs; rows are values until told otherwise. */
    static void nulls(BitSet nulls, int from, int rows, RawVector to) {
        int next = nulls.nextSetBit(from);
        if (next < 0 || next >= from + rows) {
            return;
        }
        ByteBuffer validity = to.validity(rows);
        for (int at = 0; at < validity.limit(); at++) {
            validity.put(at, (byte) 0xff);
        }
        for (int row = next; row >= 0 && row < from + rows; row = nulls.nextSetBit(row + 1)) {
            int at = (row - from) >> 3;
            validity.put(at, (byte) (validity.get(at) & ~(1 << ((row - from) & 7))));
        }
    }
}
