package io.headworks.core.spec;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression of five fields: minute, hour, day of month, month, day of week (0 or 7 is Sunday), of a clock
 * without a time zone. As in cron, a day that is said both ways needs one of the two.
 */
public final class CronExpression {
    /** February 29 may be eight years away. */
    private static final int MOST_DAYS = 9 * 366;

    private static final List<Part> PARTS = List.of(
            new Part(0, 59, List.of()),
            new Part(0, 23, List.of()),
            new Part(1, 31, List.of()),
            new Part(
                    1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
            new Part(0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

    private final String text;
    private final List<BitSet> values;
    private final boolean anyDay;
    private final boolean anyWeekday;

    private CronExpression(String text, List<BitSet> values, boolean anyDay, boolean anyWeekday) {
        this.text = text;
        this.values = values;
        this.anyDay = anyDay;
        this.anyWeekday = anyWeekday;
    }

    /** The times that a text names; null when it is none. */
    public static @Nullable CronExpression parse(String text) {
        String[] fields = text.strip().split("\\s+", -1);
        if (fields.length != PARTS.size()) {
            return null;
        }
        List<BitSet> values = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            BitSet allowed = PARTS.get(i).values(fields[i]);
            if (allowed == null) {
                return null;
            }
            values.add(allowed);
        }
        if (values.get(4).get(7)) {
            values.get(4).set(0);
        }
        return new CronExpression(text.strip(), values, fields[2].startsWith("*"), fields[4].startsWith("*"));
    }

    /** The first time in UTC after an instant; null when there is none, as for the 30th of February. */
    public @Nullable Instant next(Instant after) {
        LocalDateTime start = LocalDateTime.ofInstant(after, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
        LocalDateTime found = from(start, null);
        return found == null ? null : found.toInstant(ZoneOffset.UTC);
    }

    /**
     * The first time on the clock, not before a minute.
     *
     * @param before where the search ends, exclusive; null to search as far as there can be a time
     * @return null when there is none
     */
    public @Nullable LocalDateTime from(LocalDateTime start, @Nullable LocalDateTime before) {
        for (int day = 0; day < MOST_DAYS; day++) {
            LocalDate date = start.toLocalDate().plusDays(day);
            if (before != null && !date.atStartOfDay().isBefore(before)) {
                return null;
            }
            LocalDateTime found = isOn(date) ? timeFrom(day == 0 ? start : date.atStartOfDay()) : null;
            if (found != null) {
                return before == null || found.isBefore(before) ? found : null;
            }
        }
        return null;
    }

    /** True when it names minutes of every hour, and not hours of a day. */
    public boolean isOfEveryHour() {
        return values.get(1).cardinality() == 24;
    }

    private boolean isOn(LocalDate date) {
        boolean day = values.get(2).get(date.getDayOfMonth());
        DayOfWeek of = date.getDayOfWeek();
        boolean weekday = values.get(4).get(of == DayOfWeek.SUNDAY ? 0 : of.getValue());
        boolean either = anyDay || anyWeekday ? day && weekday : day || weekday;
        return values.get(3).get(date.getMonthValue()) && either;
    }

    private @Nullable LocalDateTime timeFrom(LocalDateTime from) {
        for (int hour = values.get(1).nextSetBit(from.getHour());
                hour >= 0;
                hour = values.get(1).nextSetBit(hour + 1)) {
            int minute = values.get(0).nextSetBit(hour == from.getHour() ? from.getMinute() : 0);
            if (minute >= 0) {
                return from.toLocalDate().atTime(hour, minute);
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronExpression cron && cron.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private record Part(int min, int max, List<String> names) {

        @Nullable
        BitSet values(String field) {
            BitSet values = new BitSet();
            for (String item : field.split(",", -1)) {
                String[] stepped = item.split("/", -1);
                int step = stepped.length == 1 ? 1 : number(stepped[1]);
                if (stepped.length > 2 || step < 1 || !add(values, stepped[0], stepped.length == 2, step)) {
                    return null;
                }
            }
            return values;
        }

        private boolean add(BitSet values, String range, boolean stepped, int step) {
            String[] ends = range.equals("*") ? new String[] {"" + min, "" + max} : range.split("-", -1);
            int from = value(ends[0]);
            // one number with a step counts from there to the end
            int to = ends.length == 1 && stepped ? max : value(ends[ends.length - 1]);
            if (ends.length > 2 || from < min || to > max || from > to) {
                return false;
            }
            for (int value = from; value <= to; value += step) {
                values.set(value);
            }
            return true;
        }

        private int value(String text) {
            int named = names.indexOf(text.toLowerCase(Locale.ROOT));
            return named < 0 ? number(text) : named + min;
        }

        private static int number(String text) {
            return text.matches("\\d{1,2}") ? Integer.parseInt(text) : -1;
        }
    }
}
