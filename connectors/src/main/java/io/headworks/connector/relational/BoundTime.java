package io.headworks.connector.relational;

import io.headworks.api.load.Load.Partitioning.By;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Bounds of slices and partitions as times in UTC. */
public final class BoundTime {
    private BoundTime() {}

    /**
     * A text without an offset is in UTC.
     *
     * @throws java.time.DateTimeException for what is no time
     */
    public static LocalDateTime of(String text, boolean zoned) {
        String iso = text.replace(' ', 'T');
        if (iso.length() == 10) {
            return LocalDate.parse(iso).atStartOfDay();
        } else if (zoned && iso.substring(10).matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)")) {
            return OffsetDateTime.parse(iso.matches(".*[+-]\\d\\d") ? iso + ":00" : iso)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime();
        }
        return LocalDateTime.parse(iso);
    }

    /** True where a calendar unit begins. */
    public static boolean begins(By unit, LocalDateTime time) {
        LocalDateTime begin = switch (unit) {
            case YEAR -> time.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS);
            case MONTH -> time.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
            case DAY -> time.truncatedTo(ChronoUnit.DAYS);
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
            case VALUE -> time;
        };
        return begin.equals(time);
    }
}
