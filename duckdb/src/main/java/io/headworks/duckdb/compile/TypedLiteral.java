package io.headworks.duckdb.compile;

import io.headworks.api.type.DataType;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;

/** Values written as text in project files, as literals of a column's type. One that does not fit it exactly is refused. */
final class TypedLiteral {

    private TypedLiteral() {}

    /** @param what for messages: {@code fill_null amount} */
    static String of(String what, String text, DataType type) {
        try {
            if (!fits(text, type)) {
                throw notOne(what, text, type);
            }
        } catch (NumberFormatException | DateTimeException wrong) {
            throw notOne(what, text, type);
        }
        if (TypeFamily.of(type) == TypeFamily.TEXT) {
            return DuckSql.text(text);
        }
        return "CAST(" + DuckSql.text(text) + " AS " + DuckTypes.spelling(type) + ")";
    }

    private static RuntimeException notOne(String what, String text, DataType type) {
        return Refusal.of("Cannot " + what + " with '" + text + "': it is no " + type);
    }

    private static boolean fits(String text, DataType type) {
        return switch (TypeFamily.of(type)) {
            case BOOLEAN -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
            case INTEGER -> isInRange(new BigInteger(text), (DataType.Simple) type);
            case DECIMAL -> type instanceof DataType.Decimal decimal && fitsDecimal(text, decimal);
            case FLOATING -> Double.isFinite(Double.parseDouble(text)) && !text.matches(".*[fFdDxX].*");
            case TEXT ->
                !(type instanceof DataType.Bounded bounded)
                        || text.codePointCount(0, text.length()) <= bounded.length();
            case ENUMERATION -> ((DataType.Enumeration) type).values().contains(text);
            case DATE -> LocalDate.parse(text) != null;
            case TIME -> LocalTime.parse(text).toNanoOfDay() % unit(((DataType.Time) type).digits()) == 0;
            case NAIVE_TIMESTAMP ->
                naive(text).toLocalTime().toNanoOfDay() % unit(((DataType.Timestamp) type).digits()) == 0;
            case INSTANT ->
                OffsetDateTime.parse(text.replace(' ', 'T')).getNano() % unit(((DataType.Timestamp) type).digits())
                        == 0;
            case UUID -> java.util.UUID.fromString(text).toString().equalsIgnoreCase(text);
            case JSON -> true;
            case BINARY, BITS, ZONED_TIME, INTERVAL, NESTED -> false;
        };
    }

    private static LocalDateTime naive(String text) {
        return text.length() <= 10 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text.replace(' ', 'T'));
    }

    private static long unit(int digits) {
        return (long) Math.pow(10, 9 - Math.min(digits, 9));
    }

    private static boolean fitsDecimal(String text, DataType.Decimal type) {
        BigDecimal value = new BigDecimal(text);
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return !text.matches(".*[eE].*")
                && plain.scale() <= type.scale()
                && plain.precision() - plain.scale() <= type.precision() - type.scale();
    }

    private static boolean isInRange(BigInteger value, DataType.Simple type) {
        int bits = switch (type) {
            case INT8, UINT8 -> 8;
            case INT16, UINT16 -> 16;
            case INT32, UINT32 -> 32;
            case INT64, UINT64 -> 64;
            default -> 128;
        };
        boolean unsigned = type.toString().startsWith("u");
        return unsigned ? value.signum() >= 0 && value.bitLength() <= bits : value.bitLength() < bits;
    }
}
