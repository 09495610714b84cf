package io.headworks.duckdb.csv;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import java.util.Optional;

/**
 * The plain spelling of a type: texts in it are values that nobody reads in two ways, and that the engine's cast keeps to
 * the last digit. A text in another spelling may still be a right value, which others must prove.
 *
 * @param whole most digits before the point
 * @param fraction most digits behind it
 * @param together most digits in all
 */
record PlainForm(Kind kind, int whole, int fraction, int together) {
    private static final int NONE = -1;

    private static final int DOUBLE_DIGITS = 15;
    private static final int DOUBLE_FRACTION = 20;

    enum Kind {
        NUMBER,
        POSITIVE,
        DATE,
        TIMESTAMP
    }

    /** Empty for types whose texts are no matter of bytes alone. */
    static Optional<PlainForm> of(DataType type) {
        if (type instanceof Simple simple) {
            return ofSimple(simple);
        } else if (type instanceof DataType.Decimal decimal) {
            return Optional.of(new PlainForm(
                    Kind.NUMBER, decimal.precision() - decimal.scale(), decimal.scale(), decimal.precision()));
        }
        return type.equals(DataType.TIMESTAMP) ? Optional.of(new PlainForm(Kind.TIMESTAMP, 0, 6, 0)) : Optional.empty();
    }

    private static Optional<PlainForm> ofSimple(Simple type) {
        return switch (type) {
            case INT8 -> number(Kind.NUMBER, 2);
            case INT16 -> number(Kind.NUMBER, 4);
            case INT32 -> number(Kind.NUMBER, 9);
            case INT64, HUGEINT -> number(Kind.NUMBER, 18);
            case UINT8 -> number(Kind.POSITIVE, 2);
            case UINT16 -> number(Kind.POSITIVE, 4);
            case UINT32 -> number(Kind.POSITIVE, 9);
            case UINT64 -> number(Kind.POSITIVE, 19);
            case DOUBLE ->
                Optional.of(
                        new PlainForm(Kind.NUMBER, DOUBLE_DIGITS, DOUBLE_FRACTION, DOUBLE_DIGITS + DOUBLE_FRACTION));
            case DATE -> Optional.of(new PlainForm(Kind.DATE, 0, 0, 0));
            default -> Optional.empty();
        };
    }

    private static Optional<PlainForm> number(Kind kind, int digits) {
        return Optional.of(new PlainForm(kind, digits, 0, digits));
    }

    /** Where a plain text that begins here ends; -1 when none does. */
    int end(byte[] bytes, int at) {
        return switch (kind) {
            case NUMBER -> number(bytes, bytes[at] == '-' ? at + 1 : at);
            case POSITIVE -> number(bytes, at);
            case DATE -> date(bytes, at);
            case TIMESTAMP -> timestamp(bytes, at);
        };
    }

    private int number(byte[] bytes, int at) {
        int point = digits(bytes, at);
        int before = point - at;
        if (before == 0 || before > whole) {
            return NONE;
        } else if (fraction == 0 || bytes[point] != '.') {
            return point;
        }
        int end = digits(bytes, point + 1);
        int behind = end - point - 1;
        return behind > 0 && behind <= fraction && before + behind <= together ? end : NONE;
    }

    private static int digits(byte[] bytes, int from) {
        int at = from;
        while (isDigit(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(byte b) {
        return (b - '0' & 0xff) < 10;
    }

    /** {@code 2024-02-29}, in years that have four digits. */
    private static int date(byte[] bytes, int at) {
        int century = two(bytes, at);
        int year = two(bytes, at + 2);
        int month = two(bytes, at + 5);
        int day = two(bytes, at + 8);
        if ((year | month | day) < 0 || century < 10 || bytes[at + 4] != '-' || bytes[at + 7] != '-') {
            return NONE;
        }
        return day >= 1 && month >= 1 && month <= 12 && (day <= 28 || day <= days(century * 100 + year, month))
                ? at + 10
                : NONE;
    }

    private static int days(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** {@code 2024-02-29 23:59:59.999999}, or with a T between. */
    private int timestamp(byte[] bytes, int at) {
        int end = at + 19;
        if (date(bytes, at) < 0 || (bytes[at + 10] != ' ' && bytes[at + 10] != 'T')) {
            return NONE;
        }
        int hour = two(bytes, at + 11);
        int minute = two(bytes, at + 14);
        int second = two(bytes, at + 17);
        if ((hour | minute | second) < 0 || bytes[at + 13] != ':' || bytes[at + 16] != ':') {
            return NONE;
        } else if (hour > 23 || minute > 59 || second > 59) {
            return NONE;
        } else if (bytes[end] != '.') {
            return end;
        }
        int behind = digits(bytes, end + 1) - end - 1;
        return behind > 0 && behind <= fraction ? end + 1 + behind : NONE;
    }

    /** The number that two digits make; negative where there are not two. */
    private static int two(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return (tens | 9 - tens | ones | 9 - ones) < 0 ? NONE : tens * 10 + ones;
    }
}
