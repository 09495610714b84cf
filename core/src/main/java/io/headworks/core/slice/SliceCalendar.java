package io.headworks.core.slice;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.ExtractSpec.Every;
import io.headworks.core.spec.ExtractSpec.SliceSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the slices of a pipeline begin: counted from {@code start}, or else as the calendar has them, weeks from Monday.
 * Days and longer ones begin when the day begins in the zone; hours are 60 minutes, also when clocks change.
 */
public final class SliceCalendar {
    /** A Monday. */
    private static final LocalDateTime FIRST_WEEK = LocalDateTime.of(1970, 1, 5, 0, 0);

    private static final LocalDateTime FIRST = LocalDateTime.of(1970, 1, 1, 0, 0);
    private static final int MOST = 1_000_000;

    private final @Nullable Every every;
    private final ZoneId zone;
    private final @Nullable Bound start;
    private final ZonedDateTime first;

    private SliceCalendar(@Nullable Every every, ZoneId zone, @Nullable Bound start, ZonedDateTime first) {
        this.every = every;
        this.zone = zone;
        this.start = start;
        this.first = first;
    }

    /**
     * Of a pipeline.
     *
     * @throws HeadworksException of kind PROJECT when slices of a stated length have a start that is no time
     */
    public static SliceCalendar of(SliceSpec spec) {
        Every every = spec.every();
        Bound start = spec.start() == null
                ? null
                : Bound.read(spec.start(), spec.timezone()).orElse(null);
        if (every == null) {
            return new SliceCalendar(null, spec.timezone(), start, FIRST.atZone(spec.timezone()));
        }
        if (spec.start() != null && (start == null || !start.isTime())) {
            throw refused("its slice.start '" + spec.start() + "' is no time", "write it as 2024-01-31");
        }
        LocalDateTime natural = every.unit() == Every.Unit.WEEK ? FIRST_WEEK : FIRST;
        ZonedDateTime first = start == null ? natural.atZone(spec.timezone()) : at(start, spec.timezone());
        return new SliceCalendar(every, spec.timezone(), start, first);
    }

    /** Where days begin. */
    public ZoneId zone() {
        return zone;
    }

    /** The beginning of history; empty when the pipeline does not say. */
    public Optional<Bound> start() {
        return Optional.ofNullable(start);
    }

    /**
     * The slices of a range, oldest first; the first and last are cut off at the range's ends. One when the pipeline does
     * not say how long a slice is.
     *
     * @throws HeadworksException of kind PROJECT when there is nothing between the ends, or they cannot be cut
     */
    public List<Slice> cut(String from, String to) {
        Slice range = Slice.read(from, to, zone)
                .orElseThrow(() -> refused(
                        from + " to " + to + " is no range (allowed: two times or two numbers, the earlier first)",
                        "as --from 2024-01-01 --to 2024-04-01"));
        return cut(range);
    }

    /** The same for a range that was read already. */
    public List<Slice> cut(Slice range) {
        Every length = every;
        if (length == null) {
            return List.of(range);
        }
        if (!range.from().isTime()) {
            throw refused(range + " is no range of times, and slice.every is a length of time", null);
        }
        List<Slice> slices = new ArrayList<>();
        long number = numberOf(range.from(), length);
        Bound begins = bound(length, number);
        Bound from = begins.equals(range.from()) ? begins : range.from();
        while (from.isBefore(range.to())) {
            Bound next = bound(length, ++number);
            Bound to = range.to().isBefore(next) ? range.to() : next;
            slices.add(new Slice(from, to));
            if (slices.size() > MOST) {
                throw refused(range + " has more than " + MOST + " slices", "choose a shorter range or longer slices");
            }
            from = to;
        }
        return slices;
    }

    /** The slice that holds a point; before the first one they are counted backwards. */
    private long numberOf(Bound point, Every length) {
        ZonedDateTime at = at(point, zone);
        long number = Math.floorDiv(unit(length).between(first, at), length.number());
        while (point.isBefore(bound(length, number))) {
            number--;
        }
        while (!point.isBefore(bound(length, number + 1))) {
            number++;
        }
        return number;
    }

    private Bound bound(Every length, long number) {
        ZonedDateTime at = first.plus(Math.multiplyExact(number, (long) length.number()), unit(length));
        if (length.unit() != Every.Unit.HOUR) {
            LocalDate day = at.toLocalDate();
            if (at.equals(day.atStartOfDay(at.getZone()))) {
                // a date where days are meant, so that it fits a column of dates as well
                return Bound.of(day.toString(), at.toInstant());
            }
        }
        return Bound.of(at.toInstant());
    }

    private static ChronoUnit unit(Every length) {
        return switch (length.unit()) {
            case HOUR -> ChronoUnit.HOURS;
            case DAY -> ChronoUnit.DAYS;
            case WEEK -> ChronoUnit.WEEKS;
            case MONTH -> ChronoUnit.MONTHS;
            case YEAR -> ChronoUnit.YEARS;
        };
    }

    private static ZonedDateTime at(Bound bound, ZoneId zone) {
        Instant instant = bound.instant();
        try {
            if (instant != null) {
                return instant.atZone(zone);
            }
        } catch (DateTimeException far) {
            throw refused(bound + " is too far away", null);
        }
        throw refused(bound + " is no time that can be cut", null);
    }

    private static HeadworksException refused(String why, @Nullable String hint) {
        return new HeadworksException(FailureKind.PROJECT, "Cannot cut history: " + why, hint);
    }
}
