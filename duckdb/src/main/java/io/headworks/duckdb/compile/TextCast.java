package io.headworks.duckdb.compile;

import io.headworks.api.type.DataType;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;

/**
 * Text read as another type, in the spellings stated in docs/reference/operations.md and no other. Regular expressions
 * are ten times dearer than casts: a text that begins the engine's own spelling of the value is exact without one.
 */
final class TextCast {
    private static final String DAY = "\\d{4,6}-\\d{1,2}-\\d{1,2}";
    private static final String ZONE = " ?(Z|z|UTC|[+-]\\d{2}(:?\\d{2})?)";

    private TextCast() {}

    static ExactCast of(String what, String text, DataType to, boolean rounding) {
        return switch (TypeFamily.of(to)) {
            case BINARY -> ExactCast.always("encode(" + text + ")");
            case INTEGER -> number(text, to, "[+-]?\\d+(\\." + (rounding ? "\\d*" : "0*") + ")?");
            case DECIMAL -> number(text, to, decimal(((DataType.Decimal) to).scale(), rounding));
            case FLOATING -> floating(text, to);
            case DATE -> date(text, to);
            case TIME -> timeOfDay(text, (DataType.Time) to);
            case NAIVE_TIMESTAMP -> naive(text, (DataType.Timestamp) to);
            case INSTANT -> instant(text, (DataType.Timestamp) to);
            case BITS -> bits(text, (DataType.Bits) to);
            case BOOLEAN, ZONED_TIME, INTERVAL, UUID -> ExactCast.whenConverted(tried("trim(" + text + ")", to));
            case JSON, ENUMERATION -> ExactCast.whenConverted(tried(text, to));
            case NESTED, TEXT ->
                throw Refusal.of(
                        "Cannot " + what + " from text to " + to + ": a cast is for single values",
                        "use parse_json: {COLUMN: " + to + "}");
        };
    }

    private static String tried(String text, DataType to) {
        return "TRY_CAST(" + text + " AS " + DuckTypes.spelling(to) + ")";
    }

    /** The value came from this text: where its own spelling begins with the text, nothing is lost. */
    private static String begins(String value, String text) {
        return "starts_with(CAST(" + value + " AS VARCHAR), " + text + ")";
    }

    private static String either(String value, String quick, String exact) {
        return value + " IS NOT NULL AND CASE WHEN " + quick + " THEN true ELSE " + exact + " END";
    }

    private static ExactCast number(String text, DataType to, String pattern) {
        return ExactCast.when(
                tried(text, to), value -> either(value, begins(value, text), matches(text, " *" + pattern + " *")));
    }

    private static String decimal(int scale, boolean rounding) {
        return "[+-]?\\d*\\.?" + (rounding ? "\\d*" : "\\d{0," + scale + "}0*");
    }

    /** Infinity only where the text says so: 1e999 is out of range. */
    private static ExactCast floating(String text, DataType to) {
        String trimmed = "trim(" + text + ")";
        return ExactCast.when(
                tried(trimmed, to),
                value -> either(
                        value,
                        "isfinite(" + value + ") AND " + begins(value, text),
                        matches(trimmed, "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?") + " AND isfinite(" + value
                                + ") OR " + matches(trimmed, "(?i)nan|[+-]?inf(inity)?")));
    }

    private static ExactCast date(String text, DataType to) {
        String trimmed = "trim(" + text + ")";
        return ExactCast.when(
                tried(trimmed, to),
                value -> either(
                        value,
                        value + " BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' AND " + begins(value, text),
                        matches(trimmed, DAY + "([ T]00:00(:00(\\.0*)?)?)?")));
    }

    private static ExactCast timeOfDay(String text, DataType.Time to) {
        String trimmed = "trim(" + text + ")";
        return ExactCast.when(
                tried(trimmed, to),
                value -> value + " IS NOT NULL AND " + matches(trimmed, time("([01]?\\d|2[0-3])", to.digits())));
    }

    private static ExactCast naive(String text, DataType.Timestamp to) {
        String trimmed = "trim(" + text + ")";
        String exact = matches(trimmed, timestamp(to));
        return ExactCast.when(
                tried(trimmed, to),
                value -> to.digits() == 6
                        ? either(value, inOurYears(value) + begins(value, "replace(" + text + ", 'T', ' ')"), exact)
                        : value + " IS NOT NULL AND " + exact);
    }

    private static ExactCast instant(String text, DataType.Timestamp to) {
        String trimmed = "trim(" + text + ")";
        String exact = matches(trimmed, timestamp(to) + ZONE);
        String utc = "replace(replace(" + text + ", 'T', ' '), 'Z', '+00')";
        return ExactCast.when(
                tried(trimmed, to),
                value -> to.digits() == 6
                        ? either(
                                value,
                                "CAST(" + value + " AS VARCHAR) = " + utc + " AND isfinite(" + value + ")",
                                exact)
                        : value + " IS NOT NULL AND " + exact);
    }

    private static String inOurYears(String value) {
        return value + " BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31 23:59:59.999999' AND ";
    }

    private static String timestamp(DataType.Timestamp to) {
        return DAY + "([ T]" + time("\\d{1,2}", to.digits()) + ")?";
    }

    private static String time(String hour, int digits) {
        return hour + ":\\d{2}(:\\d{2}(\\.\\d{0," + digits + "}0*)?)?";
    }

    private static ExactCast bits(String text, DataType.Bits to) {
        String value = tried("trim(" + text + ")", to);
        return to.length() == 0
                ? ExactCast.whenConverted(value)
                : ExactCast.when(value, bits -> "length(CAST(" + bits + " AS VARCHAR)) = " + to.length());
    }

    private static String matches(String text, String pattern) {
        return "regexp_full_match(" + text + ", " + DuckSql.text(pattern) + ")";
    }
}
