package io.headworks.connector.mysql.source;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.KeyRange;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.mysql.session.MysqlSql;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A key range as a condition. Texts compare by their bytes in UTF-8, as the engine compares them when it looks for the
 * largest. A zero date is in every range: it must come up as a rejected row, not be skipped in silence.
 */
final class KeyCondition {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern CLOCK = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[ T](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,6})?)?)(Z|[+]00(?::00)?)?)?");

    private KeyCondition() {}

    /** @param column quoted */
    static String of(KeyRange range, String column) {
        boolean texts = !range.type().isTime() && !range.type().isNumber();
        String compared = texts ? "CAST(CONVERT(" + column + " USING utf8mb4) AS BINARY)" : column;
        StringBuilder inside = new StringBuilder(column + " IS NOT NULL");
        if (range.from() != null) {
            inside.append(" AND ").append(compared).append(" >= ").append(literal(range, range.from()));
        }
        if (range.to() != null) {
            inside.append(" AND ").append(compared).append(" < ").append(literal(range, range.to()));
        }
        String all = "(" + inside + ")";
        if (range.type().isTime()) {
            all += " OR " + column + " = 0";
        }
        return "(" + all + (range.includeNulls() ? " OR " + column + " IS NULL" : "") + ")";
    }

    private static String literal(KeyRange range, String value) {
        DataType type = range.type();
        if (type.isNumber() && NUMBER.matcher(value).matches()) {
            return value;
        } else if (type.isTime()) {
            return clock(range, value);
        } else if (type.isText() || type == Simple.UUID) {
            return MysqlSql.bytes(value.getBytes(StandardCharsets.UTF_8));
        }
        throw refused(range, value);
    }

    private static String clock(KeyRange range, String value) {
        var form = CLOCK.matcher(value);
        if (!form.matches()) {
            throw refused(range, value);
        } else if (range.type() == Simple.DATE && form.group(2) == null) {
            return "DATE'" + form.group(1) + "'";
        }
        return "TIMESTAMP'" + form.group(1) + " " + (form.group(2) == null ? "00:00:00" : form.group(2)) + "'";
    }

    private static HeadworksException refused(KeyRange range, String value) {
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot read by key '" + range.column() + "' from MySQL: '" + value + "' is no " + range.type()
                        + " to compare with (allowed: numbers, dates, timestamps, texts)");
    }
}
