package io.headworks.core.plan;

import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.load.LoadRequest.Slice;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Whether a slice begins and ends where partitions do. */
final class Partitions {

    private Partitions() {}

    static boolean aligned(Slice slice, By by) {
        return by == By.VALUE || (begins(slice.from(), by) && begins(slice.to(), by));
    }

    private static boolean begins(String text, By by) {
        try {
            LocalDateTime at = LocalDateTime.ofInstant(KeyArithmetic.instant(text), ZoneOffset.UTC);
            LocalDateTime start = switch (by) {
                case YEAR -> at.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
                case MONTH -> at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
                case DAY -> at.truncatedTo(ChronoUnit.DAYS);
                case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
                case VALUE -> at;
            };
            return at.equals(start);
        } catch (DateTimeException noTime) {
            return false;
        }
    }
}
