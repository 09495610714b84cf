package io.headworks.connector.sqlite;

import io.headworks.connector.result.UnfitValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as SQLite holds them: as text. Written in one form of fixed length, {@code 2026-01-31 23:59:59.123456},
 * with {@code Z} behind it for an instant, so that texts sort as times do and SQLite's own functions read them. Read in
 * that form, with {@code T} for the blank, without seconds or fraction, and instants with any offset.
 */
final class ClockText {
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}(?::\\d{2})?)(?:\\.(\\d{1,9}))?(Z|[+-]\\d{2}(?::?\\d{2})?)?");
    private static final Pattern TIME = Pattern.compile("(\\d{2}:\\d{2}(?::\\d{2})?)(?:\\.(\\d{1,9}))?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final long DAY_SECONDS = 86_400;

    private ClockText() {}

    /** How many units of the type's fraction a second has: microseconds, or nanoseconds where it has more digits. */
    static long unitsPerSecond(int digits) {
        return digits > 6 ? 1_000_000_000L : 1_000_000L;
    }

    static long days(String text) throws UnfitValue {
        if (!DATE.matcher(text).matches()) {
            throw new UnfitValue("is no date (expected: 2026-01-31)");
        }
        try {
            return LocalDate.parse(text).toEpochDay();
        } catch (DateTimeException outside) {
            throw new UnfitValue("is no date of the calendar");
        }
    }

    static long timestamp(String text, int digits, boolean zoned) throws UnfitValue {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new UnfitValue("is no timestamp (expected: 2026-01-31 23:59:59" + (zoned ? "Z" : "") + ")");
        }
        String offset = form.group(4);
        if (zoned != (offset != null)) {
            throw new UnfitValue(
                    zoned
                            ? "has no offset from UTC, and the column holds instants"
                            : "has an offset from UTC, and the column holds naive timestamps");
        }
        long seconds = days(form.group(1)) * DAY_SECONDS + secondOfDay(form.group(2)) - offsetSeconds(offset);
        return Math.addExact(Math.multiplyExact(seconds, unitsPerSecond(digits)), fraction(form.group(3), digits));
    }

    static long time(String text, int digits) throws UnfitValue {
        Matcher form = TIME.matcher(text);
        if (!form.matches()) {
            throw new UnfitValue("is no time of day (expected: 23:59:59)");
        }
        return secondOfDay(form.group(1)) * unitsPerSecond(digits) + fraction(form.group(2), digits);
    }

    private static long secondOfDay(String text) throws UnfitValue {
        try {
            return LocalTime.parse(text).toSecondOfDay();
        } catch (DateTimeException outside) {
            throw new UnfitValue("is no time of day");
        }
    }

    private static long offsetSeconds(@Nullable String offset) throws UnfitValue {
        if (offset == null || offset.equals("Z")) {
            return 0;
        }
        String plain = offset.substring(1).replace(":", "");
        int hours = Integer.parseInt(plain.substring(0, 2));
        int minutes = plain.length() > 2 ? Integer.parseInt(plain.substring(2)) : 0;
        if (hours > 18 || minutes > 59) {
            throw new UnfitValue("has an offset from UTC that no zone has");
        }
        return (offset.charAt(0) == '-' ? -1 : 1) * (hours * 3600L + minutes * 60L);
    }

    /** Digits beyond the type's must be zeros. */
    private static long fraction(@Nullable String text, int digits) throws UnfitValue {
        if (text == null) {
            return 0;
        }
        if (!text.substring(Math.min(digits, text.length())).chars().allMatch(c -> c == '0')) {
            throw new UnfitValue("has more than " + digits + " digits of a second");
        }
        long nanos = Long.parseLong((text + "000000000").substring(0, 9));
        return digits > 6 ? nanos : nanos / 1000;
    }

    static String ofDays(long days) throws UnfitValue {
        LocalDate date = LocalDate.ofEpochDay(days);
        if (date.getYear() < 0 || date.getYear() > 9999) {
            throw new UnfitValue("lies outside the years 0000 to 9999, beyond which texts do not sort as dates");
        }
        return date.toString();
    }

    static String ofTimestamp(long units, int digits, boolean zoned) throws UnfitValue {
        long perSecond = unitsPerSecond(digits);
        long seconds = Math.floorDiv(units, perSecond);
        String date = ofDays(Math.floorDiv(seconds, DAY_SECONDS));
        long inDay = Math.floorMod(seconds, DAY_SECONDS) * perSecond + Math.floorMod(units, perSecond);
        return date + " " + ofTime(inDay, digits) + (zoned ? "Z" : "");
    }

    static String ofTime(long units, int digits) throws UnfitValue {
        long perSecond = unitsPerSecond(digits);
        long seconds = units / perSecond;
        if (seconds >= DAY_SECONDS) {
            throw new UnfitValue("is 24:00, which SQLite does not read as a time of day");
        }
        StringBuilder text = new StringBuilder(18);
        padded(text, seconds / 3600, 2).append(':');
        padded(text, seconds / 60 % 60, 2).append(':');
        padded(text, seconds % 60, 2);
        StringBuilder nanos = padded(new StringBuilder(9), units % perSecond * (1_000_000_000L / perSecond), 9);
        for (int i = digits; i < nanos.length(); i++) {
            if (nanos.charAt(i) != '0') {
                throw new UnfitValue("has more than " + digits + " digits of a second");
            }
        }
        return (digits == 0 ? text : text.append('.').append(nanos, 0, digits)).toString();
    }

    private static StringBuilder padded(StringBuilder out, long number, int digits) {
        String text = Long.toString(number);
        return out.append("0".repeat(digits - text.length())).append(text);
    }
}
