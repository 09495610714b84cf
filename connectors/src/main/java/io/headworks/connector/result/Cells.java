package io.headworks.connector.result;

import io.headworks.api.batch.Column;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Gathers the values of one column of a batch. */
public interface Cells {
    /** Rows of a batch. */
    int ROWS = 2048;

    /**
     * Reads a cell of the result's row into a place of the batch; a place may be read into again. Answers about how many
     * bytes that takes.
     */
    int read(ResultSet result, int index, int place) throws SQLException, UnfitValue;

    /** The first places as a column; what is read from now on is another batch's. */
    Column take(int rows);

    /** A cell as a number; where it is NULL, {@code wasNull} of the result says so. */
    interface LongCell {
        long read(ResultSet result, int index) throws SQLException, UnfitValue;
    }

    /** A cell as a number; where it is NULL, {@code wasNull} of the result says so. */
    interface DoubleCell {
        double read(ResultSet result, int index) throws SQLException, UnfitValue;
    }

    /** A cell as an object; null for NULL. */
    interface ObjectCell<T> {
        @Nullable
        T read(ResultSet result, int index) throws SQLException, UnfitValue;
    }

    static Cells longs(LongCell cell) {
        return new LongCells(cell);
    }

    static Cells doubles(DoubleCell cell) {
        return new DoubleCells(cell);
    }

    static Cells decimals(ObjectCell<BigDecimal> cell) {
        return new ObjectCells<>(cell, BigDecimal[]::new, Column.Decimals::new);
    }

    static Cells texts(ObjectCell<String> cell) {
        return new ObjectCells<>(cell, String[]::new, Column.Texts::new);
    }

    static Cells binaries(ObjectCell<byte[]> cell) {
        return new ObjectCells<>(cell, byte[][]::new, Column.Binaries::new);
    }

    /** Numbers of 64 bits. */
    final class LongCells implements Cells {
        private final LongCell cell;
        private long[] values = new long[ROWS];
        private BitSet nulls = new BitSet();

        private LongCells(LongCell cell) {
            this.cell = cell;
        }

        @Override
        public int read(ResultSet result, int index, int place) throws SQLException, UnfitValue {
            values[place] = cell.read(result, index);
            nulls.set(place, result.wasNull());
            return Long.BYTES;
        }

        @Override
        public Column take(int rows) {
            Column column = new Column.Longs(values, nulls);
            values = new long[ROWS];
            nulls = new BitSet();
            return column;
        }
    }

    /** Floating numbers. */
    final class DoubleCells implements Cells {
        private final DoubleCell cell;
        private double[] values = new double[ROWS];
        private BitSet nulls = new BitSet();

        private DoubleCells(DoubleCell cell) {
            this.cell = cell;
        }

        @Override
        public int read(ResultSet result, int index, int place) throws SQLException, UnfitValue {
            values[place] = cell.read(result, index);
            nulls.set(place, result.wasNull());
            return Long.BYTES;
        }

        @Override
        public Column take(int rows) {
            Column column = new Column.Doubles(values, nulls);
            values = new double[ROWS];
            nulls = new BitSet();
            return column;
        }
    }

    /** Texts, bytes and exact numbers. */
    final class ObjectCells<T> implements Cells {
        private final ObjectCell<T> cell;
        private final IntFunction<T[]> storage;
        private final BiFunction<T[], BitSet, Column> column;
        private T[] values;
        private BitSet nulls = new BitSet();

        private ObjectCells(ObjectCell<T> cell, IntFunction<T[]> storage, BiFunction<T[], BitSet, Column> column) {
            this.cell = cell;
            this.storage = storage;
            this.column = column;
            this.values = storage.apply(ROWS);
        }

        @Override
        @SuppressWarnings("NullAway") // what the array holds where the bit is set means nothing
        public int read(ResultSet result, int index, int place) throws SQLException, UnfitValue {
            T value = cell.read(result, index);
            values[place] = value;
            nulls.set(place, value == null);
            return value instanceof String text
                    ? text.length()
                    : value instanceof byte[] bytes ? bytes.length : Long.BYTES;
        }

        boolean areBytes() {
            return values instanceof byte[][];
        }

        @Override
        public Column take(int rows) {
            Column taken = column.apply(values, nulls);
            values = storage.apply(ROWS);
            nulls = new BitSet();
            return taken;
        }
    }
}
