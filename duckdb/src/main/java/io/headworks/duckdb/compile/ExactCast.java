package io.headworks.duckdb.compile;

import io.headworks.api.type.DataType;
import io.headworks.duckdb.sql.DuckTypes;
import java.util.function.UnaryOperator;

/**
 * A conversion that changes nothing but the type. DuckDB's own casts round digits away, drop zones and accept spellings
 * such as {@code 1_000}; this one keeps a value only when it says the same before and after.
 *
 * @param value SQL of the converted value; NULL or not exact where it does not fit
 * @param always true when every value fits
 * @param fit from SQL of the converted value to SQL that is true where it is exact, and false or NULL elsewhere
 */
public record ExactCast(String value, boolean always, UnaryOperator<String> fit) {

    /**
     * Fits by a condition of its own.
     *
     * @param fits SQL that is true for a value that converts exactly; {@code true} when all do
     */
    public ExactCast(String value, String fits) {
        this(value, fits.equals("true"), converted -> fits);
    }

    static ExactCast always(String value) {
        return new ExactCast(value, true, converted -> "true");
    }

    static ExactCast when(String value, UnaryOperator<String> fit) {
        return new ExactCast(value, false, fit);
    }

    /** Exact wherever it converts at all. */
    static ExactCast whenConverted(String value) {
        return when(value, converted -> converted + " IS NOT NULL");
    }

    /**
     * SQL that is true where the conversion is exact.
     *
     * @param converted SQL of what {@link #value} gave
     */
    public String fits(String converted) {
        return fit.apply(converted);
    }

    /** For one place alone: where several ask, give {@link #value} a name first and use {@link #fits(String)}. */
    public String fits() {
        return fits(value);
    }

    public String valueIfFits() {
        return always ? value : "CASE WHEN " + fits() + " THEN " + value + " END";
    }

    /** SQL that is true for a value that is there and does not convert. */
    public String fails(String expression) {
        return expression + " IS NOT NULL AND (" + fits() + ") IS NOT TRUE";
    }

    /**
     * The conversion of one type into another.
     *
     * @param what for messages: {@code cast amount}
     * @param rounding digits behind the point may go, half away from zero; from a timestamp to a date, the time of day
     */
    public static ExactCast of(String what, String expression, DataType from, DataType to, boolean rounding) {
        TypeFamily source = TypeFamily.of(from);
        TypeFamily target = TypeFamily.of(to);
        if (from.equals(to)) {
            return always(expression);
        } else if (target == TypeFamily.TEXT && source != TypeFamily.NESTED) {
            return toText(expression, source, to);
        } else if (source == TypeFamily.TEXT) {
            return TextCast.of(what, expression, to, rounding);
        } else if (hasRoundTrip(source, target)) {
            return roundTrip(expression, from, to, rounding);
        }
        throw Refusal.of(
                "Cannot " + what + " from " + from + " to " + to + ": " + why(source, target), hint(source, target));
    }

    private static ExactCast toText(String expression, TypeFamily source, DataType to) {
        String value = source == TypeFamily.BINARY
                ? "TRY(decode(" + expression + "))"
                : source == TypeFamily.TEXT ? expression : "CAST(" + expression + " AS VARCHAR)";
        if (to instanceof DataType.Bounded bounded) {
            return when(value, text -> "length(" + text + ") <= " + bounded.length());
        }
        return source == TypeFamily.BINARY ? whenConverted(value) : always(value);
    }

    private static boolean hasRoundTrip(TypeFamily source, TypeFamily target) {
        boolean truth = (source == TypeFamily.BOOLEAN && target == TypeFamily.INTEGER)
                || (source == TypeFamily.INTEGER && target == TypeFamily.BOOLEAN);
        boolean days = (source == TypeFamily.DATE && target == TypeFamily.NAIVE_TIMESTAMP)
                || (source == TypeFamily.NAIVE_TIMESTAMP && target == TypeFamily.DATE);
        boolean same = source == target && source != TypeFamily.NESTED && source != TypeFamily.BINARY;
        return truth || days || same || (source.isNumber() && target.isNumber());
    }

    private static ExactCast roundTrip(String expression, DataType from, DataType to, boolean rounding) {
        boolean toInteger = TypeFamily.of(to) == TypeFamily.INTEGER && TypeFamily.of(from) == TypeFamily.FLOATING;
        String rounded = rounding && toInteger ? "round(" + expression + ")" : expression;
        String value = "TRY_CAST(" + rounded + " AS " + DuckTypes.spelling(to) + ")";
        if (rounding && !(to instanceof DataType.Timestamp) && !(to instanceof DataType.Time)) {
            return whenConverted(value);
        }
        return when(
                value,
                converted -> "TRY_CAST(" + converted + " AS " + DuckTypes.spelling(from) + ") = " + expression
                        + digits(converted, to));
    }

    /** A time of fewer digits than the engine keeps: what it keeps behind them must be zero. */
    private static String digits(String value, DataType to) {
        int digits = to instanceof DataType.Timestamp timestamp
                ? timestamp.digits()
                : to instanceof DataType.Time time ? time.digits() : 6;
        return digits >= 6 ? "" : " AND microsecond(" + value + ") % " + (long) Math.pow(10, 6 - digits) + " = 0";
    }

    private static String why(TypeFamily source, TypeFamily target) {
        if (source == TypeFamily.INSTANT) {
            return "the zone would be lost";
        } else if (target == TypeFamily.INSTANT) {
            return "a time without a zone is no instant";
        } else if (source == TypeFamily.JSON || source == TypeFamily.NESTED || target == TypeFamily.NESTED) {
            return "a cast is for single values";
        }
        return "no value is the same in both";
    }

    private static String hint(TypeFamily source, TypeFamily target) {
        if (source == TypeFamily.INSTANT) {
            return "derive: {COLUMN: \"timezone('Europe/Rome', COLUMN)\"} gives the local time of a zone";
        } else if (target == TypeFamily.INSTANT) {
            return "use to_utc: {COLUMN: ZONE}";
        } else if (source == TypeFamily.JSON || target == TypeFamily.NESTED) {
            return "use parse_json: {COLUMN: TYPE}";
        }
        return "use derive: {COLUMN: EXPRESSION} to say how one is made from the other";
    }
}
