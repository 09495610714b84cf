package io.headworks.connector.postgres.load;

import io.headworks.connector.result.UnfitValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times with an offset, and intervals, from their texts to PostgreSQL's binary forms. */
final class TimeForms {
    /** Months, days and seconds, as the engine hands intervals over. */
    private static final Pattern INTERVAL = Pattern.compile("P(-?\\d+)M(-?\\d+)DT(-?\\d+(?:\\.\\d+)?)S");

    private static final Pattern ZONED = Pattern.compile("(\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?)([+-].+|Z)");

    private TimeForms() {}

    static void writeInterval(TupleBuffer out, String iso) throws UnfitValue {
        Matcher found = INTERVAL.matcher(iso);
        if (!found.matches()) {
            throw new UnfitValue("is '" + iso + "', no interval as P14M3DT2.5S");
        }
        try {
            long micros = new BigDecimal(found.group(3)).movePointRight(6).longValueExact();
            int days = Integer.parseInt(found.group(2));
            int months = Integer.parseInt(found.group(1));
            out.putInt(16);
            out.putLong(micros);
            out.putInt(days);
            out.putInt(months);
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw new UnfitValue("is '" + iso + "', which is longer than PostgreSQL's intervals");
        }
    }

    static void writeZonedTime(TupleBuffer out, String text) throws UnfitValue {
        Matcher found = ZONED.matcher(text);
        if (!found.matches()) {
            throw new UnfitValue("is '" + text + "', no time with an offset");
        }
        try {
            boolean end = found.group(1).startsWith("24:00:00");
            long micros =
                    end ? 86_400_000_000L : LocalTime.parse(found.group(1)).toNanoOfDay() / 1000;
            int offset = ZoneOffset.of(found.group(2)).getTotalSeconds();
            out.putInt(12);
            out.putLong(micros);
            out.putInt(-offset);
        } catch (DateTimeException unfit) {
            throw new UnfitValue("is '" + text + "', no time with an offset");
        }
    }
}
