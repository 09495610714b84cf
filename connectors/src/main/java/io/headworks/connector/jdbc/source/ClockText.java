package io.headworks.connector.jdbc.source;

import io.headworks.connector.result.UnfitValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times as {@code Forms.clockText} gives them, with or without leading zeros. */
final class ClockText {
    private static final long DAY_SECONDS = 86_400;
    private static final Pattern DATE = Pattern.compile("(\\d{1,4})-(\\d{1,2})-(\\d{1,2})");
    private static final Pattern TIME =
            Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,9}))?(?:\\+0:00)?");

    private ClockText() {}

    /** Days since 1970-01-01. */
    static long days(String text) throws UnfitValue {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            throw new UnfitValue("is no date of the years 1 to 9999");
        }
        try {
            return LocalDate.of(number(date, 1), number(date, 2), number(date, 3))
                    .toEpochDay();
        } catch (DateTimeException outside) {
            throw new UnfitValue("is no date of the calendar");
        }
    }

    /** Since 1970-01-01 00:00:00, in units of which a second has 10 to the power of {@code digits}. */
    static long timestamp(String text, int digits) throws UnfitValue {
        int blank = text.indexOf(' ');
        if (blank < 0) {
            throw new UnfitValue("is no timestamp");
        }
        long seconds = days(text.substring(0, blank)) * DAY_SECONDS;
        try {
            return Math.addExact(Math.multiplyExact(seconds, power(digits)), time(text.substring(blank + 1), digits));
        } catch (ArithmeticException beyond) {
            throw new UnfitValue("lies outside the times of " + digits + " digits (the years 1678 to 2262)");
        }
    }

    /** Since midnight, in the same units. */
    static long time(String text, int digits) throws UnfitValue {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new UnfitValue("is no time of day");
        }
        long seconds = number(time, 1) * 3_600L + number(time, 2) * 60L + number(time, 3);
        return seconds * power(digits) + fraction(time.group(4), digits);
    }

    private static long fraction(String digitsGiven, int digits) throws UnfitValue {
        if (digitsGiven == null) {
            return 0;
        }
        long nanos = Long.parseLong((digitsGiven + "00000000").substring(0, 9));
        long unit = power(9 - digits);
        if (nanos % unit != 0) {
            throw new UnfitValue("has more than " + digits + " digits of a second");
        }
        return nanos / unit;
    }

    private static long power(int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }

    private static int number(Matcher matched, int group) {
        return Integer.parseInt(matched.group(group));
    }
}
