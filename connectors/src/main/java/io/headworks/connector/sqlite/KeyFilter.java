package io.headworks.connector.sqlite;

import io.headworks.api.source.KeyRange;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.result.UnfitValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key range in two steps. SQLite narrows the rows down as far as it can compare: integers, doubles and texts exactly,
 * times by their day, give or take one. Every row then passes the exact comparison of the value that was read. A key that
 * does not fit its type is in every range: it must come up as a rejected row, not be skipped in silence.
 */
final class KeyFilter {
    private final KeyRange range;
    private final @Nullable Object from;
    private final @Nullable Object to;

    private KeyFilter(KeyRange range) throws UnfitValue {
        this.range = range;
        this.from = bound(range.from());
        this.to = bound(range.to());
    }

    static KeyFilter of(KeyRange range) {
        try {
            return new KeyFilter(range);
        } catch (UnfitValue unfit) {
            throw new IllegalArgumentException("Cannot read the range of key '" + range.column() + "': "
                    + unfit.getMessage() + " (" + range.from() + " to " + range.to() + ")");
        }
    }

    /** Bounds are texts of the key's type; numbers among them are read as numbers. */
    private @Nullable Object bound(@Nullable String text) throws UnfitValue {
        if (text == null) {
            return null;
        } else if (range.type().isInteger() && range.type() != Simple.UINT64 && range.type() != Simple.HUGEINT) {
            return CellReader.read(range.type(), Long.valueOf(text));
        } else if (isFloating()) {
            return Double.valueOf(text);
        }
        return CellReader.read(range.type(), text);
    }

    private boolean isFloating() {
        return range.type() == Simple.DOUBLE || range.type() == Simple.FLOAT;
    }

    /** The condition for SQLite, and the parameters in it. */
    Condition condition() {
        String column = SqliteSql.name(range.column());
        List<Object> parameters = new ArrayList<>();
        String inside = "true";
        @Nullable Object least = narrowed(from, -1);
        @Nullable Object most = narrowed(to, 2);
        if (least != null) {
            inside += " AND " + column + " >= ?";
            parameters.add(least);
        }
        if (most != null) {
            inside += " AND " + column + " < ?";
            parameters.add(most);
        }
        String nulls = range.includeNulls() ? column + " IS NULL" : "false";
        return new Condition("(" + inside + " OR " + unfit(column) + " OR " + nulls + ")", parameters);
    }

    /** What SQLite compares exactly, or the day before or after; null where it cannot narrow. */
    private @Nullable Object narrowed(@Nullable Object bound, int days) {
        DataType type = range.type();
        if (bound == null) {
            return null;
        } else if (type == Simple.DATE) {
            return day((Long) bound, days);
        } else if (type instanceof DataType.Timestamp timestamp) {
            long perDay = ClockText.unitsPerSecond(timestamp.digits()) * 86_400;
            return day(Math.floorDiv((Long) bound, perDay), days);
        }
        boolean comparable = type == Simple.TEXT
                || isFloating()
                || bound instanceof Long && !(type instanceof DataType.Decimal) && type != Simple.UINT64;
        return comparable ? bound : null;
    }

    private static @Nullable Object day(long epochDay, int days) {
        try {
            return ClockText.ofDays(
                    LocalDate.ofEpochDay(epochDay).plusDays(days).toEpochDay());
        } catch (UnfitValue outsideOfAllTexts) {
            return null;
        }
    }

    private String unfit(String column) {
        DataType type = range.type();
        if (type.isTime()) {
            return "(" + column + " IS NOT NULL AND (typeof(" + column + ") <> 'text' OR " + column
                    + " NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'))";
        } else if (type == Simple.TEXT) {
            return "typeof(" + column + ") NOT IN ('text', 'null')";
        } else if (isFloating()) {
            return "typeof(" + column + ") NOT IN ('real', 'integer', 'null')";
        }
        return "typeof(" + column + ") NOT IN ('integer', 'null')";
    }

    String column() {
        return range.column();
    }

    /** The exact comparison of a value that was read. */
    boolean contains(@Nullable Object value) {
        if (value == null) {
            return range.includeNulls();
        } else if (range.type() == Simple.TEXT) {
            return true;
        }
        return (from == null || compare(value, from) >= 0) && (to == null || compare(value, to) < 0);
    }

    private int compare(Object value, Object bound) {
        if (value instanceof Long number && range.type() == Simple.UINT64) {
            return Long.compareUnsigned(number, (Long) bound);
        } else if (value instanceof Long number) {
            return Long.compare(number, (Long) bound);
        } else if (value instanceof Double number) {
            return Double.compare(number, (Double) bound);
        } else if (value instanceof BigDecimal number) {
            return number.compareTo((BigDecimal) bound);
        }
        return ((String) value).compareTo((String) bound);
    }

    /** SQL with {@code ?}, and what they stand for. */
    record Condition(String sql, List<Object> parameters) {}
}
