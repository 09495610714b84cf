package io.headworks.connector.mysql.source;

import io.headworks.connector.result.UnfitValue;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Dates and times as the server prints them. Read here and not by the driver, which gives NULL for a zero date and another
 * day for {@code 2024-00-31}.
 */
final class ClockText {
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int DATE_LENGTH = 10;

    private ClockText() {}

    /** Days since 1970-01-01. */
    static long days(String text) throws UnfitValue {
        if (text.length() != DATE_LENGTH) {
            throw new UnfitValue("is no date");
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, DATE_LENGTH);
        if (month == 0 || day == 0) {
            throw new UnfitValue(
                    year == 0 && month == 0 && day == 0 ? "is a zero date" : "is a date with a zero in it");
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException outside) {
            throw new UnfitValue("is no date of the calendar");
        }
    }

    /** Microseconds since 1970-01-01 00:00:00, of {@code 2024-02-29 23:59:59.999999}. */
    static long timestamp(String text) throws UnfitValue {
        if (text.length() < DATE_LENGTH + 9) {
            throw new UnfitValue("is no timestamp");
        }
        return days(text.substring(0, DATE_LENGTH)) * DAY_MICROS + span(text, DATE_LENGTH + 1);
    }

    /** Microseconds of the day; a {@code TIME} beyond it is a span, which no time of day holds. */
    static long time(String text) throws UnfitValue {
        if (text.startsWith("-")) {
            throw new UnfitValue("is no time of day: it lies before midnight");
        }
        long micros = span(text, 0);
        if (micros >= DAY_MICROS) {
            throw new UnfitValue("is no time of day: it lies beyond 24 hours");
        }
        return micros;
    }

    private static long span(String text, int from) throws UnfitValue {
        int colon = text.indexOf(':', from);
        int hours = number(text, from, colon);
        int minutes = number(text, colon + 1, colon + 3);
        int seconds = number(text, colon + 4, colon + 6);
        long micros = (hours * 3_600L + minutes * 60L + seconds) * 1_000_000;
        int digits = text.length() - (colon + 7);
        if (digits <= 0) {
            return micros;
        }
        long fraction = number(text, colon + 7, text.length());
        for (int i = digits; i < 6; i++) {
            fraction *= 10;
        }
        return micros + fraction;
    }

    private static int number(String text, int from, int to) throws UnfitValue {
        if (from < 0 || to <= from || to > text.length() || to - from > 6) {
            throw new UnfitValue("has no form of a date or time");
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new UnfitValue("has no form of a date or time");
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
