package io.headworks.connector.files.json;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of a type out of JSON: Long, Double, BigDecimal, String, List, as {@link
 * io.headworks.api.batch.Column} carries them. Numbers and booleans may stand in strings; nothing else is bent.
 */
final class ValueReader {
    private final DateTimes times;

    ValueReader(DateTimes times) {
        this.times = times;
    }

    /** @throws HeadworksException when no JSON value could ever be of that type */
    static void requireReadable(String column, DataType type) {
        if (type == Simple.BINARY || type == Simple.GEOMETRY) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read column " + column + " as " + type + " from JSON: not yet (declare it as text)");
        }
    }

    /** Null for NULL. */
    @Nullable
    Object read(JsonValue value, DataType type) throws Misfit {
        if (value.isNull()) {
            return null;
        }
        if (type == Simple.JSON) {
            return value.json();
        }
        if (type instanceof DataType.ListOf || type instanceof DataType.Struct || type instanceof DataType.MapOf) {
            return new NestedReader(this).read(value, type);
        }
        if (value.kind() == JsonValue.Kind.NESTED && !type.isText()) {
            throw new Misfit("an object or array is no " + type);
        }
        if (type.isText()) {
            return text(value, type);
        }
        if (value.kind() == JsonValue.Kind.TEMPORAL) {
            return new ValueReader(DateTimes.ISO).timeOrId(TemporalValue.as(value.text(), type), type);
        }
        return scalar(value.isBoolean() ? value.json() : value.text(), value.kind(), type);
    }

    /** A value that stands in a path. */
    @Nullable
    Object readText(String text, DataType type) throws Misfit {
        return read(new JsonValue(JsonValue.Kind.STRING, text), type);
    }

    private static String text(JsonValue value, DataType type) throws Misfit {
        boolean written = value.kind() == JsonValue.Kind.STRING || value.kind() == JsonValue.Kind.TEMPORAL;
        String text = written ? value.text() : value.json();
        if (type instanceof DataType.Bounded bounded && text.codePointCount(0, text.length()) > bounded.length()) {
            throw new Misfit("a text of " + text.codePointCount(0, text.length()) + " characters does not fit " + type);
        }
        if (type instanceof DataType.Enumeration enumeration
                && !enumeration.values().contains(text)) {
            throw new Misfit("'" + text + "' is none of the values of its " + type);
        }
        return text;
    }

    private Object scalar(String text, JsonValue.Kind kind, DataType type) throws Misfit {
        if (type == Simple.BOOLEAN) {
            return bool(text);
        }
        if (kind == JsonValue.Kind.TRUE || kind == JsonValue.Kind.FALSE) {
            throw new Misfit(text + " is no " + type);
        }
        if (type instanceof DataType.Decimal decimal) {
            return Numbers.scaled(text, decimal);
        }
        if (type == Simple.HUGEINT) {
            return Numbers.huge(text);
        }
        if (type.isInteger()) {
            return Numbers.bits(text, (Simple) type);
        }
        if (type == Simple.NUMERIC) {
            return Numbers.decimal(text, type);
        }
        if (type == Simple.FLOAT || type == Simple.DOUBLE) {
            return Numbers.floating(text, (Simple) type);
        }
        if (kind == JsonValue.Kind.NUMBER) {
            throw new Misfit("the number " + text + " is no " + type);
        }
        return timeOrId(text, type);
    }

    private Object timeOrId(String text, DataType type) throws Misfit {
        if (type == Simple.DATE) {
            return times.date(text).toEpochDay();
        }
        if (type instanceof DataType.Time time) {
            return ticks(times.time(text).toNanoOfDay(), time.digits(), text, type);
        }
        if (type instanceof DataType.Timestamp timestamp) {
            LocalDateTime at = timestamp.zoned() ? times.zoned(text) : times.naive(text);
            return epoch(at, timestamp, text);
        }
        if (type == Simple.UUID) {
            return uuid(text);
        }
        return text;
    }

    private static long epoch(LocalDateTime at, DataType.Timestamp type, String text) throws Misfit {
        long ticks = ticks(at.getNano(), type.digits(), text, type);
        long perSecond = type.digits() > 6 ? 1_000_000_000L : 1_000_000L;
        try {
            return Math.addExact(Math.multiplyExact(at.toEpochSecond(ZoneOffset.UTC), perSecond), ticks);
        } catch (ArithmeticException e) {
            throw new Misfit("'" + text + "' does not fit " + type);
        }
    }

    /** Microseconds, or nanoseconds for types of more than six digits; digits the type has not are refused. */
    private static long ticks(long nanos, int digits, String text, DataType type) throws Misfit {
        long step = 1;
        for (int i = digits; i < 9; i++) {
            step *= 10;
        }
        if (nanos % step != 0) {
            throw new Misfit(
                    "'" + text + "' does not fit " + type + ": it has more than " + digits + " digits of a second");
        }
        return digits > 6 ? nanos : nanos / 1000;
    }

    private static Long bool(String text) throws Misfit {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> 1L;
            case "false" -> 0L;
            default -> throw new Misfit("'" + text + "' is no boolean");
        };
    }

    private static String uuid(String text) throws Misfit {
        try {
            UUID uuid = UUID.fromString(text);
            if (text.length() == 36) {
                return uuid.toString();
            }
        } catch (IllegalArgumentException e) {
            throw new Misfit("'" + text + "' is no uuid");
        }
        throw new Misfit("'" + text + "' is no uuid");
    }
}
