package io.headworks.duckdb.check;

import io.headworks.api.check.Rule;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import org.jspecify.annotations.Nullable;

/**
 * Texts that can be read as a type. DuckDB's own casts take more than one would call a value ('10.5' is the integer 11,
 * '2024-1-1 12:00' is a date), so that the text must also look like one.
 */
final class WrittenValue {
    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String CLOCK = "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?";
    private static final String ZONE = " ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)";

    private WrittenValue() {}

    /** The condition of a text that is no such value. */
    static String unreadable(Rule.Parseable rule, String column) {
        DataType type = rule.type();
        String format = rule.format();
        if (format != null) {
            return formatted(type, format, column);
        } else if (type == Simple.JSON) {
            return "NOT json_valid(" + column + ")";
        }
        String looks = looks(type);
        if (looks == null) {
            throw Unfit.because("as " + type + " is not built yet (allowed: whole numbers, decimal, float, double,"
                    + " boolean, date, time, timestamp, timestamptz, uuid, json)");
        }
        String cast = "TRY_CAST(" + column + " AS " + DuckTypes.spelling(type) + ") IS NULL";
        return "(" + column + " IS NOT NULL AND (NOT regexp_full_match(" + column + ", " + DuckSql.text(looks) + ") OR "
                + cast + "))";
    }

    private static String formatted(DataType type, String format, String column) {
        if (type != Simple.DATE && !(type instanceof DataType.Timestamp)) {
            throw Unfit.because("a format is for dates and timestamps, not for " + type);
        }
        return "(" + column + " IS NOT NULL AND try_strptime(" + column + ", " + DuckSql.text(format) + ") IS NULL)";
    }

    private static @Nullable String looks(DataType type) {
        if (type.isInteger()) {
            return "[+-]?[0-9]+";
        } else if (type instanceof DataType.Decimal decimal) {
            return decimal.scale() == 0
                    ? "[+-]?[0-9]+"
                    : "[+-]?([0-9]+(\\.[0-9]{0," + decimal.scale() + "})?|\\.[0-9]{1," + decimal.scale() + "})";
        } else if (type == Simple.FLOAT || type == Simple.DOUBLE) {
            return "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?(?i:nan|inf|infinity)";
        } else if (type == Simple.BOOLEAN) {
            return "(?i:true|false)";
        } else if (type == Simple.DATE) {
            return DAY;
        } else if (type instanceof DataType.Time) {
            return CLOCK;
        } else if (type instanceof DataType.Timestamp timestamp) {
            return DAY + "([ T]" + CLOCK + ")?" + (timestamp.zoned() ? "(" + ZONE + ")?" : "");
        }
        return type == Simple.UUID ? "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}" : null;
    }
}
