package io.headworks.duckdb.batch;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Intervals: ISO 8601 in batches; months, days and microseconds, with blanks between them, on the way to the engine. */
final class IntervalText {
    private static final Pattern ISO = Pattern.compile("(-)?P(?:(-?\\d+)Y)?(?:(-?\\d+)M)?(?:(-?\\d+)W)?(?:(-?\\d+)D)?"
            + "(?:T(?:(-?\\d+)H)?(?:(-?\\d+)M)?(?:(-?\\d+(?:\\.\\d+)?)S)?)?");
    private static final long MICROS = 1_000_000;

    private IntervalText() {}

    static Leaf leaf() {
        return new Leaf(
                IntervalText::toParts, IntervalText::fromParts, IntervalText::iso, value -> parts((String) value));
    }

    private static String toParts(String sql) {
        return "CASE WHEN " + sql + " IS NOT NULL THEN concat_ws(' ', datepart('year', " + sql
                + ") * 12 + datepart('month', "
                + sql + "), datepart('day', " + sql + "), datepart('hour', " + sql
                + ") * 3600000000 + datepart('minute', "
                + sql + ") * 60000000 + datepart('microsecond', " + sql + ")) END";
    }

    private static String fromParts(String sql) {
        return "(to_months(CAST(split_part(" + sql + ", ' ', 1) AS INTEGER)) + to_days(CAST(split_part(" + sql
                + ", ' ', 2) AS INTEGER)) + to_microseconds(CAST(split_part(" + sql + ", ' ', 3) AS BIGINT)))";
    }

    /** {@code P14M3DT-3723.5S}: months, days and seconds, since none of them is a number of another. */
    static String iso(String parts) {
        String[] each = parts.split(" ", -1);
        BigDecimal seconds = BigDecimal.valueOf(Long.parseLong(each[2]), 6).stripTrailingZeros();
        return "P" + each[0] + "M" + each[1] + "DT" + seconds.toPlainString() + "S";
    }

    static String parts(String iso) {
        Matcher found = ISO.matcher(iso);
        if (!found.matches() || iso.endsWith("P") || iso.endsWith("T")) {
            throw new HeadworksException(
                    FailureKind.RUN, "Cannot read interval '" + iso + "': it is not written as in P1Y2M3DT4H5M6.7S");
        }
        int sign = found.group(1) == null ? 1 : -1;
        long months = Math.addExact(Math.multiplyExact(number(found.group(2)), 12), number(found.group(3)));
        long days = Math.addExact(Math.multiplyExact(number(found.group(4)), 7), number(found.group(5)));
        long minutes = Math.addExact(Math.multiplyExact(number(found.group(6)), 60), number(found.group(7)));
        long micros = Math.addExact(Math.multiplyExact(minutes, 60 * MICROS), micros(found.group(8)));
        return sign * months + " " + sign * days + " " + sign * micros;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static long micros(@Nullable String seconds) {
        return seconds == null ? 0 : new BigDecimal(seconds).movePointRight(6).longValueExact();
    }
}
