package io.headworks.duckdb.batch;

import io.headworks.api.batch.Column;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.duckdb.sql.DuckTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * How a column enters the engine.
 *
 * @param stored the type of the column into which values are written first
 * @param typed SQL from that column to the column's own type; null when they are the same
 */
record WriteColumn(String stored, @Nullable Function<String, String> typed, Writer writer) {
    private static final long[] POWERS = java.util.stream.LongStream.iterate(1, power -> power * 10)
            .limit(19)
            .toArray();

    /** Appends one value that is not NULL. */
    interface Writer {
        void append(DuckDBAppender to, Column column, int row) throws SQLException;
    }

    static WriteColumn of(String name, DataType type) {
        String spelling = DuckTypes.spelling(type);
        if (type instanceof DataType.ListOf || type instanceof DataType.Struct || type instanceof DataType.MapOf) {
            return new WriteColumn(
                    "JSON",
                    sql -> NestedJson.fromJson(sql, type, 0),
                    (to, column, row) -> nested(to, column, row, type));
        } else if (type instanceof DataType.Decimal decimal) {
            return new WriteColumn(spelling, null, decimal(name, decimal));
        } else if (type instanceof DataType.Timestamp timestamp) {
            return timestamp.digits() > 6
                    ? new WriteColumn(spelling, null, (to, column, row) -> to.appendEpochNanos(number(column, row)))
                    : new WriteColumn(spelling, null, (to, column, row) -> to.appendEpochMicros(number(column, row)));
        } else if (type instanceof DataType.Time) {
            return new WriteColumn(spelling, null, (to, column, row) -> to.appendDayMicros(number(column, row)));
        } else if (type instanceof Simple simple) {
            return simple(name, simple, spelling);
        }
        return type instanceof DataType.Bits
                ? new WriteColumn("VARCHAR", sql -> "CAST(" + sql + " AS BIT)", text(name))
                : new WriteColumn(spelling, null, text(name));
    }

    private static WriteColumn simple(String name, Simple type, String spelling) {
        return switch (type) {
            case BOOLEAN -> direct(spelling, (to, column, row) -> to.append(number(column, row) != 0));
            case INT8 ->
                direct(
                        spelling,
                        (to, column, row) -> to.append(
                                (byte) within(name, type, number(column, row), Byte.MIN_VALUE, Byte.MAX_VALUE)));
            case UINT8 ->
                direct(
                        spelling,
                        (to, column, row) -> to.append((byte) within(name, type, number(column, row), 0, 0xff)));
            case INT16 ->
                direct(
                        spelling,
                        (to, column, row) -> to.append(
                                (short) within(name, type, number(column, row), Short.MIN_VALUE, Short.MAX_VALUE)));
            case UINT16 ->
                direct(
                        spelling,
                        (to, column, row) -> to.append((short) within(name, type, number(column, row), 0, 0xffff)));
            case INT32 ->
                direct(
                        spelling,
                        (to, column, row) -> to.append(
                                (int) within(name, type, number(column, row), Integer.MIN_VALUE, Integer.MAX_VALUE)));
            case UINT32 ->
                direct(
                        spelling,
                        (to, column, row) -> to.append((int) within(name, type, number(column, row), 0, 0xffff_ffffL)));
            case INT64, UINT64 -> direct(spelling, (to, column, row) -> to.append(number(column, row)));
            case HUGEINT, NUMERIC ->
                direct(spelling, (to, column, row) -> to.append(decimals(column)[row].toBigIntegerExact()));
            case FLOAT -> direct(spelling, (to, column, row) -> to.append((float) doubles(column)[row]));
            case DOUBLE -> direct(spelling, (to, column, row) -> to.append(doubles(column)[row]));
            case DATE ->
                direct(spelling, (to, column, row) -> to.appendEpochDays(Math.toIntExact(number(column, row))));
            case BINARY, GEOMETRY -> direct(spelling, (to, column, row) -> to.append(binaries(column)[row]));
            case UUID -> direct(spelling, (to, column, row) -> to.append(UUID.fromString(string(name, column, row))));
            case INTERVAL ->
                new WriteColumn(
                        "VARCHAR",
                        Leaf.of(type).fromText(),
                        (to, column, row) -> to.append(IntervalText.parts(string(name, column, row))));
            case TIMETZ -> new WriteColumn("VARCHAR", Leaf.of(type).fromText(), text(name));
            case JSON -> new WriteColumn("VARCHAR", sql -> "CAST(" + sql + " AS JSON)", text(name));
            case TEXT -> direct(spelling, text(name));
        };
    }

    private static WriteColumn direct(String stored, Writer writer) {
        return new WriteColumn(stored, null, writer);
    }

    private static long within(String name, DataType type, long value, long low, long high) {
        if (value < low || value > high) {
            throw new HeadworksException(
                    FailureKind.RUN, "Cannot hold " + value + " in column '" + name + "': it does not fit " + type);
        }
        return value;
    }

    private static Writer decimal(String name, DataType.Decimal type) {
        if (type.precision() <= 4) {
            return (to, column, row) -> to.appendDecimal((short) fitting(name, type, number(column, row)));
        } else if (type.precision() <= 9) {
            return (to, column, row) -> to.appendDecimal((int) fitting(name, type, number(column, row)));
        } else if (type.precision() <= 18) {
            return (to, column, row) -> to.appendDecimal(fitting(name, type, number(column, row)));
        }
        return (to, column, row) -> to.append(fitting(name, type, decimals(column)[row]));
    }

    private static long fitting(String name, DataType.Decimal type, long unscaled) {
        long bound = POWERS[type.precision()];
        if (unscaled <= -bound || unscaled >= bound) {
            fitting(name, type, BigDecimal.valueOf(unscaled, type.scale()));
        }
        return unscaled;
    }

    private static BigDecimal fitting(String name, DataType.Decimal type, BigDecimal value) {
        boolean exact =
                value.scale() <= type.scale() || value.stripTrailingZeros().scale() <= type.scale();
        BigDecimal scaled = exact ? value.setScale(type.scale(), RoundingMode.UNNECESSARY) : value;
        if (!exact || scaled.precision() > type.precision()) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot hold " + value.toPlainString() + " in column '" + name + "': it does not fit " + type
                            + " exactly");
        }
        return scaled;
    }

    private static Writer text(String name) {
        return (to, column, row) -> to.append(string(name, column, row));
    }

    /** The driver would write '?' for half a surrogate pair. */
    private static String string(String name, Column column, int row) {
        if (column instanceof Column.Utf8 utf8) {
            return utf8.text(row);
        }
        String text = ((Column.Texts) column).values()[row];
        if (text == null) {
            throw new IllegalStateException("column '" + name + "' holds no text in row " + row + " that is not NULL");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new HeadworksException(
                            FailureKind.RUN,
                            "Cannot hold a text in column '" + name + "': it has half a surrogate pair at character "
                                    + (i + 1));
                }
                i++;
            }
        }
        return text;
    }

    private static void nested(DuckDBAppender to, Column column, int row, DataType type) throws SQLException {
        StringBuilder json = new StringBuilder();
        NestedJson.write(json, ((Column.Objects) column).values().get(row), type);
        to.append(json.toString());
    }

    private static long number(Column column, int row) {
        return ((Column.Longs) column).values()[row];
    }

    private static double[] doubles(Column column) {
        return ((Column.Doubles) column).values();
    }

    private static BigDecimal[] decimals(Column column) {
        return ((Column.Decimals) column).values();
    }

    private static byte[][] binaries(Column column) {
        return ((Column.Binaries) column).values();
    }

    static List<WriteColumn> all(io.headworks.api.type.Schema schema) {
        return schema.fields().stream()
                .map(field -> of(field.name(), field.type()))
                .toList();
    }
}
