package io.headworks.duckdb.batch;

import io.headworks.api.batch.Column;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.duckdb.inspect.Json;
import io.headworks.duckdb.sql.DuckTypes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/**
 * How a column leaves the engine.
 *
 * @param select SQL of the column in a form that the columnar interface has
 */
record ReadColumn(String select, Reader reader) {
    private static final int MOST_LONG_DIGITS = 18;
    private static final int MOST_DIGITS = 38;

    /** Reads the rows of a vector. */
    interface Reader {
        Column read(DuckDBReadableVector vector, int rows);
    }

    private interface LongAt {
        long at(DuckDBReadableVector vector, int row);
    }

    private interface DoubleAt {
        double at(DuckDBReadableVector vector, int row);
    }

    static ReadColumn of(String column, DataType type) {
        String typed = "CAST(" + column + " AS " + DuckTypes.spelling(type) + ")";
        if (type instanceof DataType.ListOf || type instanceof DataType.Struct || type instanceof DataType.MapOf) {
            return new ReadColumn("CAST(" + NestedJson.toJson(typed, type, 0) + " AS VARCHAR)", objects(type));
        } else if (type instanceof DataType.Decimal decimal) {
            return decimal.precision() <= MOST_LONG_DIGITS
                    ? longs(unscaled(typed, decimal), DuckDBReadableVector::getLong)
                    : decimals(typed, DuckDBReadableVector::getBigDecimal);
        } else if (type instanceof DataType.Timestamp timestamp) {
            return longs(timestamp(typed, timestamp), DuckDBReadableVector::getLong);
        } else if (type instanceof DataType.Time) {
            return longs("epoch_us(" + typed + ")", DuckDBReadableVector::getLong);
        }
        return type instanceof Simple simple ? simple(typed, simple) : texts(typed);
    }

    /**
     * The digits without the point, exactly. The columnar interface would make an object of each decimal. A product keeps the
     * precision of its factors, so that many digits are given more room first.
     */
    private static String unscaled(String typed, DataType.Decimal type) {
        int scale = type.scale();
        if (scale == 0) {
            return "CAST(" + typed + " AS BIGINT)";
        }
        String roomy = type.precision() + scale < MOST_LONG_DIGITS
                ? typed
                : "CAST(" + typed + " AS DECIMAL(" + MOST_DIGITS + ", " + scale + "))";
        return "CAST(" + roomy + " * CAST(1" + "0".repeat(scale) + " AS DECIMAL(" + (scale + 1) + ", 0)) AS BIGINT)";
    }

    private static ReadColumn simple(String typed, Simple type) {
        return switch (type) {
            case BOOLEAN -> longs(typed, (vector, row) -> vector.getBoolean(row) ? 1 : 0);
            case INT8 -> longs(typed, DuckDBReadableVector::getByte);
            case INT16 -> longs(typed, DuckDBReadableVector::getShort);
            case INT32 -> longs(typed, DuckDBReadableVector::getInt);
            case INT64 -> longs(typed, DuckDBReadableVector::getLong);
            case UINT8 -> longs(typed, DuckDBReadableVector::getUint8);
            case UINT16 -> longs(typed, DuckDBReadableVector::getUint16);
            case UINT32 -> longs(typed, DuckDBReadableVector::getUint32);
            case UINT64 -> longs(typed, (vector, row) -> vector.getUint64(row).longValue());
            case HUGEINT, NUMERIC -> decimals(typed, (vector, row) -> new BigDecimal(vector.getHugeInt(row)));
            case FLOAT -> doubles(typed, DuckDBReadableVector::getFloat);
            case DOUBLE -> doubles(typed, DuckDBReadableVector::getDouble);
            case DATE -> longs("(" + typed + " - DATE '1970-01-01')", DuckDBReadableVector::getLong);
            case BINARY, GEOMETRY -> binaries(typed);
            case INTERVAL -> texts(Leaf.of(type).toText().apply(typed), IntervalText::iso);
            case TEXT, TIMETZ, UUID, JSON -> texts(typed);
        };
    }

    /** {@code epoch_us} makes NULL of infinity. */
    private static String timestamp(String typed, DataType.Timestamp type) {
        return "CASE WHEN isinf(" + typed + ") THEN CASE WHEN " + typed + " > CAST('epoch' AS "
                + DuckTypes.spelling(type)
                + ") THEN 9223372036854775807 ELSE -9223372036854775807 END ELSE "
                + (type.digits() > 6 ? "epoch_ns(" : "epoch_us(") + typed + ") END";
    }

    private static ReadColumn longs(String select, LongAt value) {
        return new ReadColumn(select, (vector, rows) -> {
            long[] values = new long[rows];
            BitSet nulls = nulls(vector, rows);
            for (int row = 0; row < rows; row++) {
                values[row] = nulls.get(row) ? 0 : value.at(vector, row);
            }
            return new Column.Longs(values, nulls);
        });
    }

    private static ReadColumn doubles(String select, DoubleAt value) {
        return new ReadColumn(select, (vector, rows) -> {
            double[] values = new double[rows];
            BitSet nulls = nulls(vector, rows);
            for (int row = 0; row < rows; row++) {
                values[row] = nulls.get(row) ? 0 : value.at(vector, row);
            }
            return new Column.Doubles(values, nulls);
        });
    }

    private interface DecimalAt {
        BigDecimal at(DuckDBReadableVector vector, long row);
    }

    private static ReadColumn decimals(String select, DecimalAt value) {
        return new ReadColumn(select, (vector, rows) -> {
            BigDecimal[] values = new BigDecimal[rows];
            BitSet nulls = nulls(vector, rows);
            for (int row = 0; row < rows; row++) {
                values[row] = nulls.get(row) ? BigDecimal.ZERO : value.at(vector, row);
            }
            return new Column.Decimals(values, nulls);
        });
    }

    static ReadColumn texts(String select) {
        return texts(select, text -> text);
    }

    private static ReadColumn texts(String select, Function<String, String> value) {
        return new ReadColumn("CAST(" + select + " AS VARCHAR)", (vector, rows) -> {
            @Nullable String[] values = new String[rows];
            BitSet nulls = nulls(vector, rows);
            for (int row = 0; row < rows; row++) {
                values[row] = nulls.get(row) ? null : value.apply(vector.getString(row));
            }
            return new Column.Texts(values, nulls);
        });
    }

    private static ReadColumn binaries(String typed) {
        Leaf leaf = Leaf.of(Simple.BINARY);
        return new ReadColumn(leaf.toText().apply(typed), (vector, rows) -> {
            byte[][] values = new byte[rows][];
            BitSet nulls = nulls(vector, rows);
            for (int row = 0; row < rows; row++) {
                values[row] =
                        nulls.get(row) ? new byte[0] : (byte[]) leaf.read().apply(vector.getString(row));
            }
            return new Column.Binaries(values, nulls);
        });
    }

    private static Reader objects(DataType type) {
        return (vector, rows) -> {
            List<@Nullable Object> values = new ArrayList<>(rows);
            BitSet nulls = nulls(vector, rows);
            for (int row = 0; row < rows; row++) {
                values.add(nulls.get(row) ? null : NestedJson.read(Json.read(vector.getString(row)), type));
            }
            return new Column.Objects(values, nulls);
        };
    }

    private static BitSet nulls(DuckDBReadableVector vector, int rows) {
        BitSet nulls = new BitSet(rows);
        for (int row = 0; row < rows; row++) {
            if (vector.isNull(row)) {
                nulls.set(row);
            }
        }
        return nulls;
    }
}
