package io.headworks.connector.files.infer;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms of a date that are recognised, all with a year of four digits. Dots mean day.month.year. */
public enum DateFormat {
    /** {@code 2026-03-01}, both digits written. */
    ISO("%Y-%m-%d", '-', Order.YEAR_FIRST),
    DOTS("%d.%m.%Y", '.', Order.DAY_FIRST),
    SLASHES_DAY("%d/%m/%Y", '/', Order.DAY_FIRST),
    SLASHES_MONTH("%m/%d/%Y", '/', Order.MONTH_FIRST),
    DASHES_DAY("%d-%m-%Y", '-', Order.DAY_FIRST),
    DASHES_MONTH("%m-%d-%Y", '-', Order.MONTH_FIRST),
    SLASHES_YEAR("%Y/%m/%d", '/', Order.YEAR_FIRST);

    private enum Order {
        YEAR_FIRST,
        DAY_FIRST,
        MONTH_FIRST
    }

    private static final int[] MONTH_DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final String pattern;
    private final char separator;
    private final Order order;

    DateFormat(String pattern, char separator, Order order) {
        this.pattern = pattern;
        this.separator = separator;
        this.order = order;
    }

    /** In strftime's letters. */
    public String pattern() {
        return pattern;
    }

    /** Reads back a {@link #pattern()}; null when it is none of ours. */
    public static @Nullable DateFormat of(String pattern) {
        for (DateFormat format : values()) {
            if (format.pattern.equals(pattern)) {
                return format;
            }
        }
        return null;
    }

    /** Where the date at the beginning of a text ends; {@code from} when there is none. */
    static int end(char[] text, int from, int to) {
        int at = from;
        while (at < to && at - from < 10 && (text[at] >= '0' && text[at] <= '9' || isSeparator(text[at]))) {
            at++;
        }
        return at;
    }

    /** The forms in which a text is a real day, as a bit set by ordinal. */
    static int matching(char[] text, int from, int to) {
        int length = to - from;
        if (length < 8 || length > 10) {
            return 0;
        }
        int first = separator(text, from, to);
        int second = first < 0 ? -1 : separator(text, first + 1, to);
        if (second < 0 || text[first] != text[second]) {
            return 0;
        }
        int a = number(text, from, first);
        int b = number(text, first + 1, second);
        int c = number(text, second + 1, to);
        int mask = 0;
        for (DateFormat format : values()) {
            if (format.separator == text[first] && format.fits(a, b, c, first - from, to - second - 1, length)) {
                mask |= 1 << format.ordinal();
            }
        }
        return mask;
    }

    private boolean fits(int a, int b, int c, int firstDigits, int lastDigits, int length) {
        return switch (order) {
            case YEAR_FIRST -> firstDigits == 4 && (this != ISO || length == 10) && isDay(a, b, c);
            case DAY_FIRST -> lastDigits == 4 && isDay(c, b, a);
            case MONTH_FIRST -> lastDigits == 4 && isDay(c, a, b);
        };
    }

    private static boolean isDay(int year, int month, int day) {
        if (year < 1 || month < 1 || month > 12 || day < 1 || day > MONTH_DAYS[month - 1]) {
            return false;
        }
        return month != 2 || day < 29 || year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static int separator(char[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (isSeparator(text[at])) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '.' || c == '/';
    }

    private static int number(char[] text, int from, int to) {
        if (from == to) {
            return -1;
        }
        int value = 0;
        for (int at = from; at < to; at++) {
            if (text[at] < '0' || text[at] > '9') {
                return -1;
            }
            value = value * 10 + text[at] - '0';
        }
        return value;
    }

    /** A bit set as formats. */
    static Set<DateFormat> formats(int mask) {
        EnumSet<DateFormat> formats = EnumSet.noneOf(DateFormat.class);
        for (DateFormat format : values()) {
            if ((mask & 1 << format.ordinal()) != 0) {
                formats.add(format);
            }
        }
        return formats;
    }

    public static List<String> patterns(Set<DateFormat> formats) {
        List<String> patterns = new ArrayList<>();
        formats.forEach(format -> patterns.add(format.pattern));
        return patterns;
    }
}
