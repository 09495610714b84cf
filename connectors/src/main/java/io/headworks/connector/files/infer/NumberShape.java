package io.headworks.connector.files.infer;

import io.headworks.api.type.DataType;
import java.math.BigInteger;

/**
 * What the numbers of a column have in common. A number is {@code -?digits}, without leading zeros, plus sign or
 * thousands marks, with a fraction after the decimal mark and an exponent perhaps; or {@code NaN}, {@code Infinity},
 * {@code -Infinity}.
 */
final class NumberShape {
    private static final BigInteger HUGE = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
    private static final int LONG_DIGITS = 18;
    private static final int EXACT_DOUBLE_DIGITS = 15;
    private static final int ROUND_TRIP_DIGITS = 17;

    private char mark = '.';
    private int integerDigits;
    private int scale;
    private int significant;
    private boolean beyondLong;
    private boolean beyondHuge;
    private boolean wholeBeyondDouble;
    private boolean floating;
    private boolean finite;

    void readWith(char decimalMark) {
        mark = decimalMark;
    }

    /** Takes a text in, or answers false and stays as it was when it is no number. */
    boolean accept(char[] text, int from, int to) {
        int at = from < to && text[from] == '-' ? from + 1 : from;
        int whole = digits(text, at, to);
        if (whole == at && (at == to || text[at] != mark)) {
            return isSpecial(text, from, to);
        }
        if (whole - at > 1 && text[at] == '0') {
            return false;
        }
        int end = whole;
        if (end < to && text[end] == mark) {
            end = digits(text, whole + 1, to);
            if (end == whole + 1) {
                return false;
            }
        }
        boolean exponent = end < to && whole > at && isExponent(text, end, to);
        if (end < to && !exponent || exponent && !isFinite(text, from, to)) {
            return false;
        }
        take(text, at, whole, end, at > from, exponent);
        return true;
    }

    private void take(char[] text, int at, int whole, int end, boolean negative, boolean exponent) {
        int first = firstNonZero(text, at, end);
        int fraction = Math.max(0, end - whole - 1);
        int wholeDigits = text[at] == '0' ? 0 : whole - at;
        finite = true;
        integerDigits = Math.max(integerDigits, wholeDigits);
        scale = Math.max(scale, fraction);
        significant = Math.max(significant, first == end ? 1 : wholeDigits + fraction);
        floating |= exponent || negative && first == end;
        if (wholeDigits > LONG_DIGITS) {
            BigInteger value = new BigInteger(new String(text, at, whole - at));
            beyondLong |= (negative ? value.negate() : value).bitLength() > 63;
            beyondHuge |= value.compareTo(HUGE) > 0;
        }
        wholeBeyondDouble |= fraction == 0 && wholeDigits > EXACT_DOUBLE_DIGITS;
    }

    /** Exact, or double only where exponents and special values leave no other, and 17 digits hold each value. */
    DataType type() {
        if (floating) {
            boolean kept = finite && significant <= ROUND_TRIP_DIGITS && !wholeBeyondDouble;
            return kept ? DataType.Simple.DOUBLE : DataType.TEXT;
        }
        if (scale == 0) {
            return beyondHuge ? DataType.TEXT : beyondLong ? DataType.Simple.HUGEINT : DataType.BIGINT;
        }
        int precision = integerDigits + scale;
        if (precision > 38) {
            return DataType.TEXT;
        }
        return new DataType.Decimal(precision <= 18 ? 18 : 38, scale);
    }

    /** True when a fraction was seen: the decimal mark means something. */
    boolean hasFraction() {
        return scale > 0;
    }

    private boolean isSpecial(char[] text, int from, int to) {
        String value = to - from <= 9 ? new String(text, from, to - from) : "";
        boolean special = value.equals("NaN") || value.equals("Infinity") || value.equals("-Infinity");
        floating |= special;
        return special;
    }

    private static boolean isExponent(char[] text, int at, int to) {
        if (text[at] != 'e' && text[at] != 'E') {
            return false;
        }
        int digits = at + 1 < to && (text[at + 1] == '-' || text[at + 1] == '+') ? at + 2 : at + 1;
        return digits < to && digits(text, digits, to) == to;
    }

    /** False for what a double would turn into infinity, or into zero without being it. */
    private boolean isFinite(char[] text, int from, int to) {
        String value = new String(text, from, to - from).replace(mark, '.');
        double number = Double.parseDouble(value);
        boolean zero = value.chars().takeWhile(c -> c != 'e' && c != 'E').noneMatch(c -> c >= '1' && c <= '9');
        return !Double.isInfinite(number) && (number != 0 || zero);
    }

    private static int firstNonZero(char[] text, int from, int to) {
        int at = from;
        while (at < to && (text[at] < '1' || text[at] > '9')) {
            at++;
        }
        return at;
    }

    private static int digits(char[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }
}
