package io.headworks.duckdb.compile;

import static io.headworks.duckdb.compile.ExactCast.matches;

import io.headworks.api.type.DataType;
import io.headworks.duckdb.sql.DuckTypes;

/** Text read as another type, in the spellings stated in docs/reference/operations.md and no other. */
final class TextCast {
    private static final String DAY = "\\d{4,6}-\\d{1,2}-\\d{1,2}";
    private static final String ZONE = " ?(Z|z|UTC|[+-]\\d{2}(:?\\d{2})?)";

    private TextCast() {}

    static ExactCast of(String what, String text, DataType to, boolean rounding) {
        if (to == DataType.Simple.BINARY) {
            return new ExactCast("encode(" + text + ")", "true");
        }
        String trimmed = "trim(" + text + ")";
        String value = "TRY_CAST(" + trimmed + " AS " + DuckTypes.spelling(to) + ")";
        return switch (TypeFamily.of(to)) {
            case INTEGER -> both(value, matches(trimmed, "[+-]?\\d+(\\." + (rounding ? "\\d*" : "0*") + ")?"));
            case DECIMAL -> both(value, matches(trimmed, decimal(((DataType.Decimal) to).scale(), rounding)));
            case FLOATING -> both(value, floating(trimmed, value));
            case DATE -> both(value, matches(trimmed, DAY + "([ T]00:00(:00(\\.0*)?)?)?"));
            case TIME -> both(value, matches(trimmed, time("([01]?\\d|2[0-3])", ((DataType.Time) to).digits())));
            case NAIVE_TIMESTAMP -> both(value, matches(trimmed, timestamp((DataType.Timestamp) to)));
            case INSTANT -> both(value, matches(trimmed, timestamp((DataType.Timestamp) to) + ZONE));
            case BITS -> both(value, bits(value, (DataType.Bits) to));
            case BOOLEAN, ZONED_TIME, INTERVAL, UUID -> new ExactCast(value, value + " IS NOT NULL");
            case JSON, ENUMERATION -> untrimmed(text, to);
            case NESTED, BINARY, TEXT ->
                throw Refusal.of(
                        "Cannot " + what + " from text to " + to + ": a cast is for single values",
                        "use parse_json: {COLUMN: " + to + "}");
        };
    }

    private static ExactCast untrimmed(String text, DataType to) {
        String value = "TRY_CAST(" + text + " AS " + DuckTypes.spelling(to) + ")";
        return new ExactCast(value, value + " IS NOT NULL");
    }

    private static ExactCast both(String value, String spelling) {
        return new ExactCast(value, value + " IS NOT NULL AND " + spelling);
    }

    private static String decimal(int scale, boolean rounding) {
        return "[+-]?\\d*\\.?" + (rounding ? "\\d*" : "\\d{0," + scale + "}0*");
    }

    /** Infinity only where the text says so: 1e999 is out of range. */
    private static String floating(String text, String value) {
        return matches(text, "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?") + " AND isfinite(" + value + ") OR "
                + matches(text, "(?i)nan|[+-]?inf(inity)?");
    }

    private static String timestamp(DataType.Timestamp to) {
        return DAY + "([ T]" + time("\\d{1,2}", to.digits()) + ")?";
    }

    private static String time(String hour, int digits) {
        return hour + ":\\d{2}(:\\d{2}(\\.\\d{0," + digits + "}0*)?)?";
    }

    private static String bits(String value, DataType.Bits to) {
        return to.length() == 0 ? "true" : "bit_length(CAST(" + value + " AS VARCHAR)) = 8 * " + to.length();
    }
}
