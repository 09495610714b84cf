package io.headworks.core.profile;

import io.headworks.api.check.Rule;
import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.TableProfile;
import io.headworks.api.type.DataType.Simple;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How old the newest row may be, from how often new ones came. */
public final class Recency {
    private static final Duration DAY = Duration.ofDays(1);

    /** Values further ahead are no times of arrival. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private static final DateTimeFormatter ZONED = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][X]")
            .toFormatter(Locale.ROOT);

    private Recency() {}

    /** Dates and times that may say how old a row is, the newest first. */
    public static List<ColumnProfile> candidates(TableProfile profile, Instant now) {
        return profile.columns().stream()
                .filter(column -> column.span() != null
                        && (column.field().type().isTime() || column.field().type() == Simple.DATE))
                .filter(column -> newest(column)
                        .filter(at -> !at.isAfter(now.plus(AHEAD)))
                        .isPresent())
                .sorted(Comparator.comparing(
                                (ColumnProfile column) -> newest(column).orElse(Instant.EPOCH))
                        .reversed())
                .toList();
    }

    /** Twice the longest pause, at least a day; empty for a table that nothing was added to for longer. */
    public static Optional<ProposedCheck> of(ColumnProfile column, Duration longestPause, Instant now) {
        Duration within = longestPause.multipliedBy(2).compareTo(DAY) > 0 ? longestPause.multipliedBy(2) : DAY;
        boolean isAlive = newest(column)
                .filter(at -> Duration.between(at, now).compareTo(within) < 0)
                .isPresent();
        if (!isAlive) {
            return Optional.empty();
        }
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("column", column.name());
        options.put("within", within.toHours() + "h");
        return Optional.of(ProposedCheck.recorded(
                new Rule.Freshness(column.name(), Duration.ofHours(within.toHours())),
                options,
                "new values came at least every " + longestPause.toHours()
                        + " hours; the bound is twice that, or a day"));
    }

    private static Optional<Instant> newest(ColumnProfile column) {
        String text = Objects.requireNonNull(column.span()).max().replace(' ', 'T');
        try {
            if (text.length() == 10) {
                return Optional.of(
                        LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            } else if (text.matches(".*[+-][0-9]{2}(:?[0-9]{2})?$") && text.indexOf('T') > 0) {
                return Optional.of(OffsetDateTime.parse(text, ZONED).toInstant());
            }
            return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException unreadable) {
            // a year that this calendar does not know, as 294247-01-10: nothing arrived then
            return Optional.empty();
        }
    }
}
