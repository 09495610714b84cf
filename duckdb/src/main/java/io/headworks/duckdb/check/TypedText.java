package io.headworks.duckdb.check;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.duckdb.sql.DuckSql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values that a project file writes as text, as literals of a column's type. DuckDB's own casts round ('10.5' is the
 * integer 11) and cut ('2024-01-01 12:00' is a date), so what does not fit is refused here.
 */
final class TypedText {
    private static final Pattern TIMESTAMP = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?)?( ?(Z|[+-]\\d{2}(:?\\d{2})?))?");
    private static final Pattern TIME = Pattern.compile("\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private TypedText() {}

    /** The literal, of exactly this value. */
    static String literal(String value, DataType type) {
        if (isExactNumber(type)) {
            return number(exact(value, type), type);
        } else if (type == Simple.FLOAT || type == Simple.DOUBLE) {
            return floating(value, type);
        } else if (type.isText()) {
            return DuckSql.text(value);
        } else if (!isWritten(value, type)) {
            throw unreadable(value, type);
        }
        return DuckSql.literal(value, type);
    }

    /** The condition that a column's value lies below a bound; never true for NULL. */
    static String below(String column, String bound, boolean exclusive, DataType type) {
        return beyond(column, bound, exclusive, type, true);
    }

    static String above(String column, String bound, boolean exclusive, DataType type) {
        return beyond(column, bound, exclusive, type, false);
    }

    private static String beyond(String column, String bound, boolean exclusive, DataType type, boolean low) {
        String operator = (low ? "<" : ">") + (exclusive ? "=" : "");
        if (!isExactNumber(type)) {
            return column + " " + operator + " " + literal(bound, type);
        }
        // x < 10.5 is x < 11 and x <= 10.5 is x <= 10 where x has no such digits
        RoundingMode rounding = low == exclusive ? RoundingMode.FLOOR : RoundingMode.CEILING;
        BigDecimal limit = decimal(bound, type).setScale(scale(type), rounding);
        if (limit.compareTo(largest(type)) > 0) {
            return low ? column + " IS NOT NULL" : "false";
        } else if (limit.compareTo(smallest(type)) < 0) {
            return low ? "false" : column + " IS NOT NULL";
        }
        return column + " " + operator + " " + number(limit, type);
    }

    private static boolean isWritten(String value, DataType type) {
        if (type == Simple.BOOLEAN) {
            return value.equals("true") || value.equals("false");
        } else if (type == Simple.DATE) {
            return isDate(value);
        } else if (type instanceof DataType.Timestamp timestamp) {
            return isTimestamp(value, timestamp);
        } else if (type instanceof DataType.Time) {
            return TIME.matcher(value).matches();
        }
        return type == Simple.UUID && UUID.matcher(value).matches();
    }

    private static boolean isDate(String value) {
        try {
            return LocalDate.parse(value).toString().equals(value);
        } catch (DateTimeException notOne) {
            return false;
        }
    }

    private static boolean isTimestamp(String value, DataType.Timestamp type) {
        if (!TIMESTAMP.matcher(value).matches() || !isDate(value.substring(0, 10))) {
            return false;
        }
        int point = value.indexOf('.');
        int digits =
                point < 0 ? 0 : value.substring(point + 1).split("[^0-9]", 2)[0].length();
        boolean zoned = value.length() > 10 && value.substring(10).matches(".*[Z+-].*");
        return digits <= Math.max(type.digits(), 6) && (type.zoned() || !zoned);
    }

    private static BigDecimal exact(String value, DataType type) {
        BigDecimal number = decimal(value, type);
        try {
            BigDecimal scaled = number.setScale(scale(type), RoundingMode.UNNECESSARY);
            if (scaled.compareTo(largest(type)) <= 0 && scaled.compareTo(smallest(type)) >= 0) {
                return scaled;
            }
        } catch (ArithmeticException moreDigits) {
            throw unreadable(value, type);
        }
        throw unreadable(value, type);
    }

    private static BigDecimal decimal(String value, DataType type) {
        try {
            BigDecimal number = new BigDecimal(value.strip());
            if (Math.abs((long) number.precision() - number.scale()) <= 400) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            throw unreadable(value, type);
        }
        throw unreadable(value, type);
    }

    private static String number(BigDecimal number, DataType type) {
        return DuckSql.literal(number.toPlainString(), type);
    }

    private static String floating(String value, DataType type) {
        BigDecimal number = decimal(value, type);
        boolean fits =
                type == Simple.FLOAT ? Float.isFinite(number.floatValue()) : Double.isFinite(number.doubleValue());
        if (!fits) {
            throw unreadable(value, type);
        }
        return DuckSql.literal(number.toString(), type);
    }

    private static boolean isExactNumber(DataType type) {
        return type.isInteger() || type instanceof DataType.Decimal;
    }

    private static int scale(DataType type) {
        return type instanceof DataType.Decimal decimal ? decimal.scale() : 0;
    }

    private static BigDecimal largest(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return BigDecimal.TEN
                    .pow(decimal.precision())
                    .subtract(BigDecimal.ONE)
                    .movePointLeft(decimal.scale());
        }
        return new BigDecimal(BigInteger.TWO.pow(bits(type)).subtract(BigInteger.ONE));
    }

    private static BigDecimal smallest(DataType type) {
        if (type instanceof DataType.Decimal) {
            return largest(type).negate();
        }
        boolean unsigned = type.toString().startsWith("u");
        return unsigned
                ? BigDecimal.ZERO
                : new BigDecimal(BigInteger.TWO.pow(bits(type)).negate());
    }

    /** Bits of an integer type without its sign. */
    private static int bits(DataType type) {
        return switch ((Simple) type) {
            case INT8 -> 7;
            case UINT8 -> 8;
            case INT16 -> 15;
            case UINT16 -> 16;
            case INT32 -> 31;
            case UINT32 -> 32;
            case INT64 -> 63;
            case UINT64 -> 64;
            case HUGEINT -> 127;
            default -> throw new IllegalStateException("no integer type: " + type);
        };
    }

    private static RuntimeException unreadable(String value, DataType type) {
        return Unfit.because("'" + value + "' is no " + type + example(type));
    }

    private static String example(DataType type) {
        @Nullable String example = type == Simple.BOOLEAN ? "true" : type == Simple.DATE ? "2024-12-31" : null;
        if (type instanceof DataType.Timestamp timestamp) {
            example = timestamp.zoned() ? "2024-12-31T23:59:00Z" : "2024-12-31 23:59:00";
        }
        return example == null ? "" : " (as " + example + ")";
    }
}
