package io.headworks.connector.jdbc.source;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.KeyRange;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.jdbc.dialect.Dialect;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key range as a condition. Texts are refused: these databases order them otherwise than we do. */
final class KeyCondition {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern CLOCK = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[ T](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)(Z|[+]00(?::00)?)?)?");

    private KeyCondition() {}

    /** @param column quoted */
    static String of(Dialect dialect, KeyRange range, String column) {
        StringBuilder inside = new StringBuilder("(" + column + " IS NOT NULL");
        if (range.from() != null) {
            inside.append(" AND ").append(column).append(" >= ").append(literal(dialect, range, range.from()));
        }
        if (range.to() != null) {
            inside.append(" AND ").append(column).append(" < ").append(literal(dialect, range, range.to()));
        }
        return inside + (range.includeNulls() ? " OR " + column + " IS NULL)" : ")");
    }

    private static String literal(Dialect dialect, KeyRange range, String value) {
        DataType type = range.type();
        Matcher clock = CLOCK.matcher(value);
        if (type.isNumber() && NUMBER.matcher(value).matches()) {
            return value;
        } else if (type == Simple.DATE && clock.matches() && clock.group(2) == null) {
            return dialect.forms().clockLiteral(type, clock.group(1));
        } else if (type instanceof DataType.Timestamp && clock.matches()) {
            String time = clock.group(2) == null ? "00:00:00" : clock.group(2);
            return dialect.forms()
                    .clockLiteral(type, clock.group(1) + " " + (time.length() == 5 ? time + ":00" : time));
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot read by key '" + range.column() + "' from "
                        + dialect.limits().product() + ": '" + value + "' is no " + range.type()
                        + " to compare with (allowed: numbers, dates, timestamps)");
    }
}
