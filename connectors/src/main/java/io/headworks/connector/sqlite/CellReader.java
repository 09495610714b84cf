package io.headworks.connector.sqlite;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.result.UnfitValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.UUID;

/**
 * What SQLite holds in a cell (Integer, Long, Double, String, byte[]), as a value of the column's type: Long, Double,
 * BigDecimal, String or byte[], as {@link io.headworks.api.batch.Column} carries it. A value of another storage class, or
 * one that would lose something, does not fit.
 */
final class CellReader {
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    private CellReader() {}

    static Object read(DataType type, Object cell) throws UnfitValue {
        if (type instanceof Simple simple) {
            return simple(simple, cell);
        } else if (type instanceof DataType.Decimal decimal) {
            BigDecimal value = decimal(cell, decimal.precision(), decimal.scale());
            return decimal.precision() <= 18 ? value.unscaledValue().longValueExact() : value;
        } else if (type instanceof DataType.Timestamp timestamp) {
            return ClockText.timestamp(text(cell), timestamp.digits(), timestamp.zoned());
        } else if (type instanceof DataType.Time time) {
            return ClockText.time(text(cell), time.digits());
        } else if (type instanceof DataType.Bounded bounded) {
            return bounded(text(cell), bounded);
        } else if (type instanceof DataType.Bits || type instanceof DataType.Enumeration) {
            return text(cell);
        }
        throw new IllegalArgumentException("Cannot read " + type + " from SQLite");
    }

    private static Object simple(Simple type, Object cell) throws UnfitValue {
        return switch (type) {
            case BOOLEAN -> integer(cell, 0, 1);
            case INT8 -> integer(cell, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case INT16 -> integer(cell, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT32 -> integer(cell, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> integer(cell, Long.MIN_VALUE, Long.MAX_VALUE);
            case UINT8 -> integer(cell, 0, 0xFF);
            case UINT16 -> integer(cell, 0, 0xFFFF);
            case UINT32 -> integer(cell, 0, 0xFFFF_FFFFL);
            case UINT64 -> unsigned(cell);
            case HUGEINT -> decimal(cell, 39, 0);
            case NUMERIC -> exact(cell);
            case FLOAT -> floating(cell, true);
            case DOUBLE -> floating(cell, false);
            case TEXT, TIMETZ, INTERVAL -> text(cell);
            case JSON -> cell instanceof Integer || cell instanceof Long ? cell.toString() : text(cell);
            case UUID -> uuid(text(cell));
            case BINARY, GEOMETRY -> bytes(cell);
            case DATE -> ClockText.days(text(cell));
        };
    }

    private static long integer(Object cell, long least, long most) throws UnfitValue {
        long value;
        if (cell instanceof Integer number) {
            value = number;
        } else if (cell instanceof Long number) {
            value = number;
        } else {
            throw new UnfitValue("is " + storageClass(cell) + ", not an integer");
        }
        if (value < least || value > most) {
            throw new UnfitValue("lies outside " + least + " to " + most);
        }
        return value;
    }

    private static long unsigned(Object cell) throws UnfitValue {
        BigInteger value = decimal(cell, 20, 0).toBigIntegerExact();
        if (value.signum() < 0 || value.bitLength() > 64) {
            throw new UnfitValue("lies outside 0 to 18446744073709551615");
        }
        return value.longValue();
    }

    private static double floating(Object cell, boolean single) throws UnfitValue {
        double value;
        if (cell instanceof Double number) {
            value = number;
        } else if (cell instanceof Integer || cell instanceof Long) {
            value = integer(cell, -EXACT_IN_DOUBLE, EXACT_IN_DOUBLE);
        } else {
            throw new UnfitValue("is " + storageClass(cell) + ", not a number");
        }
        if (single && (float) value != value) {
            throw new UnfitValue("is no float of 32 bits");
        }
        return value;
    }

    private static BigDecimal decimal(Object cell, int precision, int scale) throws UnfitValue {
        BigDecimal value = cell instanceof Double number ? ofDouble(number, scale) : exact(cell);
        if (value.stripTrailingZeros().scale() > scale) {
            throw new UnfitValue("has more than " + scale + " digits after the point");
        }
        BigDecimal scaled = value.setScale(scale, RoundingMode.UNNECESSARY);
        if (scaled.precision() > precision) {
            throw new UnfitValue("has more than " + precision + " digits");
        }
        return scaled;
    }

    /** A double that is the nearest one to a decimal of that scale stands for it. */
    private static BigDecimal ofDouble(double number, int scale) throws UnfitValue {
        if (Double.isInfinite(number)) {
            throw new UnfitValue("is infinite");
        }
        BigDecimal rounded = new BigDecimal(number).setScale(scale, RoundingMode.HALF_EVEN);
        if (rounded.doubleValue() != number) {
            throw new UnfitValue("is no decimal number with " + scale + " digits after the point");
        }
        return rounded;
    }

    private static BigDecimal exact(Object cell) throws UnfitValue {
        if (cell instanceof Integer || cell instanceof Long) {
            return BigDecimal.valueOf(((Number) cell).longValue());
        } else if (cell instanceof String text) {
            return number(text);
        }
        throw new UnfitValue("is " + storageClass(cell) + ", not an exact number");
    }

    private static BigDecimal number(String text) throws UnfitValue {
        if (text.length() > 1000 || !text.matches("[+-]?[0-9]+(\\.[0-9]+)?")) {
            throw new UnfitValue("is no decimal number");
        }
        return new BigDecimal(text);
    }

    private static String bounded(String text, DataType.Bounded type) throws UnfitValue {
        if (text.codePointCount(0, text.length()) > type.length()) {
            throw new UnfitValue("has more than " + type.length() + " characters");
        }
        return text;
    }

    private static String uuid(String text) throws UnfitValue {
        boolean form = text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
        if (!form) {
            throw new UnfitValue("is no UUID");
        }
        return UUID.fromString(text).toString();
    }

    private static String text(Object cell) throws UnfitValue {
        if (cell instanceof String text) {
            return text;
        }
        throw new UnfitValue("is " + storageClass(cell) + ", not text");
    }

    private static byte[] bytes(Object cell) throws UnfitValue {
        if (cell instanceof byte[] bytes) {
            return bytes;
        }
        throw new UnfitValue("is " + storageClass(cell) + ", not a blob");
    }

    /** SQLite's word for what it holds, with an article. */
    private static String storageClass(Object cell) {
        if (cell instanceof String) {
            return "text";
        } else if (cell instanceof byte[]) {
            return "a blob";
        }
        return cell instanceof Double ? "a real number" : "an integer";
    }
}
