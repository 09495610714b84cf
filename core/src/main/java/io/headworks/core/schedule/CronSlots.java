package io.headworks.core.schedule;

import io.headworks.core.spec.CronExpression;
import io.headworks.core.spec.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instants that a cron expression names in a time zone. A time that the clock leaves out in spring is a slot at the
 * moment in which the clock goes on, once, however many times fall into the gap. A time that the clock shows twice in
 * autumn is a slot the first time; only an expression of every hour (its hour is {@code *}) has slots in both hours, since
 * both pass.
 */
final class CronSlots {
    /** As far as an expression may look ahead: a leap day may be eight years away. */
    private static final Duration FARTHEST = Duration.ofDays(9 * 366);

    private final CronExpression cron;
    private final ZoneRules rules;

    CronSlots(CronExpression cron, ZoneId zone) {
        this.cron = cron;
        this.rules = zone.getRules();
    }

    static CronSlots of(Schedule.Cron schedule) {
        CronExpression cron = CronExpression.parse(schedule.expression());
        if (cron == null) {
            throw new IllegalArgumentException("Cannot read '" + schedule.expression() + "' as cron expression");
        }
        return new CronSlots(cron, schedule.timezone());
    }

    /** The first slot after an instant; null when there is none. */
    @Nullable
    Instant next(Instant after) {
        Instant segment = after;
        LocalDateTime start = afterFold(
                segment, clock(segment).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1));
        Instant end = after.plus(FARTHEST);
        while (true) {
            ZoneOffset offset = rules.getOffset(segment);
            ZoneOffsetTransition change = rules.nextTransition(segment);
            LocalDateTime found = cron.from(start, change == null ? null : change.getDateTimeBefore());
            if (found != null) {
                return found.toInstant(offset);
            }
            if (change == null || change.getInstant().isAfter(end)) {
                return null;
            }
            if (change.isGap() && isWithin(change)) {
                return change.getInstant();
            }
            segment = change.getInstant();
            start = afterFold(segment, upToMinute(clock(segment)));
        }
    }

    /** The slots after an instant up to another, oldest first, as many as are wanted. */
    List<Instant> between(Instant after, Instant upTo, int most) {
        List<Instant> slots = new ArrayList<>();
        Instant slot = next(after);
        while (slot != null && !slot.isAfter(upTo) && slots.size() < most) {
            slots.add(slot);
            slot = next(slot);
        }
        return slots;
    }

    private boolean isWithin(ZoneOffsetTransition gap) {
        return cron.from(upToMinute(gap.getDateTimeBefore()), gap.getDateTimeAfter()) != null;
    }

    /** A time after an instant; where the clock shows times a second time then, not before it shows new ones. */
    private LocalDateTime afterFold(Instant instant, LocalDateTime time) {
        ZoneOffsetTransition last = rules.previousTransition(instant.plusNanos(1));
        if (cron.isOfEveryHour() || last == null || !last.isOverlap()) {
            return time;
        }
        LocalDateTime shown = upToMinute(last.getDateTimeBefore());
        return time.isBefore(shown) ? shown : time;
    }

    private LocalDateTime clock(Instant instant) {
        return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), rules.getOffset(instant));
    }

    private static LocalDateTime upToMinute(LocalDateTime clock) {
        LocalDateTime minute = clock.truncatedTo(ChronoUnit.MINUTES);
        return minute.isBefore(clock) ? minute.plusMinutes(1) : minute;
    }
}
