package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which kind of match a look-up needs, and what a row takes from it. */
final class LookupMatch {
    /** What {@code as_of} says when it names no column: the moment the run began. */
    private static final String NOW = "now";

    private static final int MICROSECONDS = 6;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private final Sought sought;
    private final Lookup lookup;
    private final Match match;

    /** @param now when the run began; null where nobody knows */
    LookupMatch(Sought sought, @Nullable Object now) {
        this.sought = sought;
        this.lookup = sought.lookup();
        this.match = match(now);
    }

    LookupMatch(Sought sought) {
        this(sought, null);
    }

    Match match() {
        return match;
    }

    private Match match(@Nullable Object now) {
        Versions versions = Versions.of(sought);
        String asOf = lookup.asOf();
        if (versions == null || asOf == null) {
            return Match.byKeys(sought);
        } else if (!asOf.equals(NOW)) {
            String shown = DuckSql.text(asOf + " = ") + ", " + Reason.shown("i." + DuckSql.name(asOf));
            return Match.asOf(sought, versions, instant(), shown);
        } else if (now instanceof Instant moment) {
            return Match.at(sought, versions, literal(moment));
        }
        throw Refusal.of("Cannot " + sought.what() + " as of now: nothing says when this run is");
    }

    static String literal(Instant moment) {
        return "TIMESTAMP '" + MICROS.format(moment) + "'";
    }

    /**
     * The time of a row as a naive timestamp in UTC. Dates count from 00:00, and naive times are taken as UTC, as those of
     * {@code valid_at} are.
     */
    String instant() {
        Field time = sought.input().column(sought.what() + " as of", Objects.requireNonNull(lookup.asOf()));
        String value = "i." + DuckSql.name(time.name());
        if (time.type() == Simple.DATE) {
            return "CAST(" + value + " AS TIMESTAMP)";
        } else if (time.type() instanceof DataType.Timestamp timestamp && timestamp.digits() <= MICROSECONDS) {
            return timestamp.zoned() ? "timezone('UTC', " + value + ")" : "CAST(" + value + " AS TIMESTAMP)";
        }
        throw Refusal.of(
                "Cannot " + sought.what() + " as of " + time.name() + ": it is " + time.type()
                        + " (allowed: date, timestamp or timestamptz of at most 6 digits)",
                "cast it before: cast: {" + time.name() + ": timestamp}");
    }

    /** @param gathered the name under which the rows of {@link Match#gathered} are read */
    String join(String gathered) {
        return match.join() + " " + DuckSql.name(gathered) + " AS d ON " + match.on();
    }

    /** What a row takes of a column: without a match NULL, or the unknown member where that is wanted. */
    String value(Field column) {
        return "CASE WHEN " + match.found() + " THEN d." + DuckSql.name(column.name())
                + (givesUnknown(column) ? " ELSE -1 END" : " END");
    }

    boolean givesUnknown(Field column) {
        return lookup.missing() == Lookup.Missing.UNKNOWN
                && column.type().isInteger()
                && !column.type().toString().startsWith("u");
    }
}
