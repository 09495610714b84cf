package io.headworks.core.slice;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An end of a range: a point in time, or a number. Two bounds are equal when they are the same point, however it was
 * written.
 *
 * @param written null for a point in time that is shown in ISO 8601; made only when somebody looks, of the many that are cut
 * @param instant null for a number
 * @param number without trailing zeros; null for a point in time
 */
public record Bound(
        @Nullable String written,
        @Nullable Instant instant,
        @Nullable BigDecimal number) implements Comparable<Bound> {
    private static final int DATE_LENGTH = 10;

    public Bound {
        if ((instant == null) == (number == null)) {
            throw new IllegalArgumentException(
                    "Cannot make a bound of '" + written + "': neither a time nor a number, or both");
        }
    }

    /**
     * Reads a bound as ledgers and users write it; empty for a text that is neither a time nor a number.
     *
     * @param zone where days begin: that of a date without a time. Times without a zone are taken as UTC
     */
    public static Optional<Bound> read(String text, ZoneId zone) {
        try {
            return Optional.of(
                    text.length() >= DATE_LENGTH && text.charAt(4) == '-' && text.charAt(7) == '-'
                            ? of(text, instant(text, zone))
                            : new Bound(text, null, new BigDecimal(text).stripTrailingZeros()));
        } catch (DateTimeException | NumberFormatException neither) {
            return Optional.empty();
        }
    }

    /** A point in time under a name. */
    public static Bound of(String text, Instant instant) {
        return new Bound(text, instant, null);
    }

    /** A point in time. */
    static Bound of(Instant instant) {
        return new Bound(null, instant, null);
    }

    /** As it was written, and as it is shown. */
    public String text() {
        return written != null ? written : String.valueOf(instant);
    }

    /** False for a number. */
    public boolean isTime() {
        return instant != null;
    }

    private static Instant instant(String text, ZoneId zone) {
        if (text.length() == DATE_LENGTH) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        String iso = text.charAt(DATE_LENGTH) == ' ' ? text.replaceFirst(" ", "T") : text;
        boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > DATE_LENGTH || iso.lastIndexOf('-') > DATE_LENGTH;
        return zoned
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }

    public boolean isBefore(Bound other) {
        return compareTo(other) < 0;
    }

    /** Numbers stand before times, so that the order is total. */
    @Override
    public int compareTo(Bound other) {
        if (instant != null && other.instant != null) {
            return instant.compareTo(other.instant);
        }
        return number != null && other.number != null
                ? number.compareTo(other.number)
                : Boolean.compare(isTime(), other.isTime());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bound bound
                && Objects.equals(instant, bound.instant)
                && Objects.equals(number, bound.number);
    }

    @Override
    public int hashCode() {
        return Objects.hash(instant, number);
    }

    @Override
    public String toString() {
        return text();
    }
}
