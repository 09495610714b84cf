package io.headworks.connector.files.json;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads dates and times: ISO 8601, or a format in strftime's letters. Days that are none, and 24:00, are refused. */
final class DateTimes {
    private static final DateTimeFormatter ISO_TIME = strict(new DateTimeFormatterBuilder()
            .appendPattern("HH:mm")
            .optionalStart()
            .appendPattern(":ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalEnd());
    private static final DateTimeFormatter ISO_TIMESTAMP = strict(new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd['T'][' ']")
            .append(ISO_TIME)
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd());
    private static final DateTimeFormatter ISO_DATE =
            strict(new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd"));

    static final DateTimes ISO = new DateTimes(null, null);

    private final DateTimeFormatter date;
    private final DateTimeFormatter timestamp;

    /** Formats in strftime's letters; null for ISO 8601. */
    DateTimes(@Nullable String dateFormat, @Nullable String timestampFormat) {
        this.date = dateFormat == null ? ISO_DATE : strftime(dateFormat);
        this.timestamp = timestampFormat == null ? ISO_TIMESTAMP : strftime(timestampFormat);
    }

    LocalDate date(String text) throws Misfit {
        TemporalAccessor parsed = parse(date, text, "date");
        LocalDate day = parsed.query(TemporalQueries.localDate());
        if (day == null) {
            throw new Misfit("'" + text + "' is no date");
        }
        return day;
    }

    LocalTime time(String text) throws Misfit {
        return LocalTime.from(parse(ISO_TIME, text, "time"));
    }

    /** A timestamp without zone. */
    LocalDateTime naive(String text) throws Misfit {
        TemporalAccessor parsed = parse(timestamp, text, "timestamp");
        if (parsed.query(TemporalQueries.offset()) != null) {
            throw new Misfit("'" + text + "' has a zone, and the column's type has none (timestamptz has)");
        }
        return dateTime(parsed, text);
    }

    /** An instant, as its date and time in UTC. */
    LocalDateTime zoned(String text) throws Misfit {
        TemporalAccessor parsed = parse(timestamp, text, "timestamptz");
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        if (offset == null) {
            throw new Misfit("'" + text + "' has no zone");
        }
        return dateTime(parsed, text).minusSeconds(offset.getTotalSeconds());
    }

    private static LocalDateTime dateTime(TemporalAccessor parsed, String text) throws Misfit {
        LocalDate day = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (day == null || time == null) {
            throw new Misfit("'" + text + "' is no timestamp");
        }
        return day.atTime(time);
    }

    private static TemporalAccessor parse(DateTimeFormatter format, String text, String what) throws Misfit {
        try {
            return format.parse(text);
        } catch (DateTimeParseException e) {
            throw new Misfit("'" + text + "' is no " + what);
        }
    }

    private static DateTimeFormatter strict(DateTimeFormatterBuilder builder) {
        return builder.toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT)
                .withChronology(IsoChronology.INSTANCE);
    }

    private static DateTimeFormatter strftime(String format) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                builder.appendLiteral(c);
                continue;
            }
            i++;
            switch (format.charAt(i)) {
                case 'Y' -> builder.appendValue(ChronoField.YEAR, 4);
                case 'm' -> builder.appendValue(ChronoField.MONTH_OF_YEAR, 1, 2, SignStyle.NOT_NEGATIVE);
                case 'd' -> builder.appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE);
                case 'H' -> builder.appendValue(ChronoField.HOUR_OF_DAY, 1, 2, SignStyle.NOT_NEGATIVE);
                case 'M' -> builder.appendValue(ChronoField.MINUTE_OF_HOUR, 1, 2, SignStyle.NOT_NEGATIVE);
                case 'S' -> builder.appendValue(ChronoField.SECOND_OF_MINUTE, 1, 2, SignStyle.NOT_NEGATIVE);
                case 'f' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false);
                case 'b' -> builder.appendPattern("MMM");
                case 'B' -> builder.appendPattern("MMMM");
                case 'I' -> builder.appendValue(ChronoField.CLOCK_HOUR_OF_AMPM, 1, 2, SignStyle.NOT_NEGATIVE);
                case 'p' -> builder.appendPattern("a");
                case 'z' -> builder.appendOffset("+HHmm", "Z");
                case '%' -> builder.appendLiteral('%');
                default ->
                    throw new HeadworksException(
                            FailureKind.PROJECT,
                            "Cannot read dates by '" + format + "': %" + format.charAt(i)
                                    + " is not known for JSON (known: %Y %m %d %H %M %S %f %b %B %I %p %z %%)");
            }
        }
        return builder.toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT)
                .withChronology(IsoChronology.INSTANCE);
    }
}
