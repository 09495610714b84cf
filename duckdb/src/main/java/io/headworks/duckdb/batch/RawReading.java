package io.headworks.duckdb.batch;

import io.headworks.api.batch.Column;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import org.duckdb.RawColumn;
import org.jspecify.annotations.Nullable;

/**
 * How a column leaves the engine in its own form of memory, with texts as bytes; types whose memory is not known here leave
 * as {@link ReadColumn} has it.
 *
 * @param select SQL of the column
 */
record RawReading(String select, Reader reader) {
    private static final int MOST_LONG_DIGITS = 18;
    private static final int MOST_INT_DIGITS = 9;
    private static final int MOST_SHORT_DIGITS = 4;
    private static final byte[] NONE = {};

    /** Reads the rows of a column. */
    interface Reader {
        Column read(RawColumn column, int rows);
    }

    private interface LongAt {
        long at(ByteBuffer data, int row);
    }

    static List<RawReading> all(Schema schema) {
        return schema.fields().stream()
                .map(field -> of(DuckSql.name(field.name()), field.type()))
                .toList();
    }

    /** With an object for each text. */
    static List<RawReading> objects(Schema schema) {
        return schema.fields().stream()
                .map(field -> other(ReadColumn.of(DuckSql.name(field.name()), field.type())))
                .toList();
    }

    static RawReading of(String column, DataType type) {
        String typed = "CAST(" + column + " AS " + DuckTypes.spelling(type) + ")";
        if (type instanceof DataType.Decimal decimal && decimal.precision() <= MOST_LONG_DIGITS) {
            return decimal(typed, decimal.precision());
        } else if (type instanceof DataType.Timestamp || type instanceof DataType.Time) {
            return new RawReading(typed, RawReading::eights);
        } else if (type instanceof DataType.Bounded || type instanceof DataType.Enumeration) {
            return texts(typed);
        }
        RawReading known = type instanceof Simple simple ? simple(typed, simple) : null;
        return known == null ? other(ReadColumn.of(column, type)) : known;
    }

    private static RawReading decimal(String typed, int precision) {
        if (precision <= MOST_SHORT_DIGITS) {
            return longs(typed, Short.BYTES, (data, row) -> data.getShort(row * Short.BYTES));
        }
        return precision <= MOST_INT_DIGITS ? ints(typed) : new RawReading(typed, RawReading::eights);
    }

    private static @Nullable RawReading simple(String typed, Simple type) {
        return switch (type) {
            case BOOLEAN, INT8 -> longs(typed, 1, ByteBuffer::get);
            case UINT8 -> longs(typed, 1, (data, row) -> data.get(row) & 0xff);
            case INT16 -> longs(typed, Short.BYTES, (data, row) -> data.getShort(row * Short.BYTES));
            case UINT16 -> longs(typed, Short.BYTES, (data, row) -> data.getShort(row * Short.BYTES) & 0xffff);
            case INT32, DATE -> ints(typed);
            case UINT32 -> longs(typed, Integer.BYTES, (data, row) -> data.getInt(row * Integer.BYTES) & 0xffff_ffffL);
            case INT64, UINT64 -> new RawReading(typed, RawReading::eights);
            case FLOAT, DOUBLE -> new RawReading("CAST(" + typed + " AS DOUBLE)", RawReading::doubles);
            case TEXT, JSON, UUID, TIMETZ -> texts(typed);
            case BINARY, GEOMETRY -> new RawReading(typed, RawReading::binaries);
            case HUGEINT, NUMERIC, INTERVAL -> null;
        };
    }

    private static RawReading ints(String typed) {
        return new RawReading(typed, (column, rows) -> {
            int[] read = new int[rows];
            column.data(Integer.BYTES).asIntBuffer().get(0, read);
            long[] values = new long[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = read[row];
            }
            return new Column.Longs(values, nulls(column, rows));
        });
    }

    private static RawReading longs(String typed, int width, LongAt value) {
        return new RawReading(typed, (column, rows) -> {
            ByteBuffer data = column.data(width);
            long[] values = new long[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = value.at(data, row);
            }
            return new Column.Longs(values, nulls(column, rows));
        });
    }

    private static Column eights(RawColumn column, int rows) {
        long[] values = new long[rows];
        column.data(Long.BYTES).asLongBuffer().get(0, values);
        return new Column.Longs(values, nulls(column, rows));
    }

    private static Column doubles(RawColumn column, int rows) {
        double[] values = new double[rows];
        column.data(Double.BYTES).asDoubleBuffer().get(0, values);
        return new Column.Doubles(values, nulls(column, rows));
    }

    private static RawReading texts(String typed) {
        RawReading slow = other(ReadColumn.texts(typed));
        return new RawReading(slow.select(), (column, rows) -> {
            Column texts = RawTexts.read(column, rows, nulls(column, rows));
            return texts == null ? slow.reader().read(column, rows) : texts;
        });
    }

    private static Column binaries(RawColumn column, int rows) {
        BitSet nulls = nulls(column, rows);
        ByteBuffer data = column.data(RawColumn.TEXT);
        byte[][] values = new byte[rows][];
        for (int row = 0; row < rows; row++) {
            values[row] = nulls.get(row) ? NONE : column.text(data, row);
        }
        return new Column.Binaries(values, nulls);
    }

    static RawReading other(ReadColumn column) {
        return new RawReading(column.select(), (raw, rows) -> column.reader().read(raw.readable(), rows));
    }

    private static BitSet nulls(RawColumn column, int rows) {
        ByteBuffer validity = column.validity();
        if (validity == null) {
            return new BitSet();
        }
        long[] words = new long[(rows + Long.SIZE - 1) / Long.SIZE];
        for (int i = 0; i < words.length; i++) {
            words[i] = ~validity.getLong(i * Long.BYTES);
        }
        if (rows % Long.SIZE != 0) {
            words[words.length - 1] &= (1L << rows % Long.SIZE) - 1;
        }
        return BitSet.valueOf(words);
    }
}
