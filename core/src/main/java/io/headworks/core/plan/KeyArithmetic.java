package io.headworks.core.plan;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.core.spec.ExtractSpec.Lookback;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Keys as texts: read, moved back, compared. Naive timestamps are taken as UTC. */
final class KeyArithmetic {

    private KeyArithmetic() {}

    /** The text of a user or source in the one form keys are kept in; an error when it is no value of the type. */
    static String normalise(String text, DataType type, String what) {
        try {
            if (type == Simple.DATE) {
                return LocalDate.parse(text).toString();
            } else if (type instanceof DataType.Timestamp timestamp) {
                return print(instant(text), timestamp);
            } else if (type.isNumber()) {
                return new BigDecimal(text).toPlainString();
            }
            return text;
        } catch (DateTimeException | NumberFormatException notOfType) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot use " + what + " '" + text + "': it is no " + type,
                    type.isTime() ? "write it as 2024-01-31 or 2024-01-31T08:00:00Z" : "write a number");
        }
    }

    static String minus(String text, DataType type, Lookback lookback) {
        if (lookback instanceof Lookback.OfTime time && type.isTime()) {
            if (type == Simple.DATE) {
                long days = (time.duration().toSeconds() + 86_399) / 86_400;
                return LocalDate.parse(text).minusDays(days).toString();
            }
            return print(instant(text).minus(time.duration()), (DataType.Timestamp) type);
        } else if (lookback instanceof Lookback.OfNumber number && type.isNumber()) {
            return new BigDecimal(text).subtract(number.number()).toPlainString();
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot look back on a key of type " + type + ": the look-back is "
                        + (lookback instanceof Lookback.OfTime ? "a duration" : "a number"),
                "use a duration (2h) for dates and timestamps, a number for numeric keys");
    }

    /** The exclusive upper bound that the source's clock allows; dates end with the day that holds it. */
    static String bound(Instant clock, Duration settle, DataType type) {
        Instant bound = clock.minus(settle);
        if (type == Simple.DATE) {
            return LocalDate.ofInstant(bound, ZoneOffset.UTC).plusDays(1).toString();
        }
        return print(bound, (DataType.Timestamp) type);
    }

    static int compare(String left, String right, DataType type) {
        if (type == Simple.DATE) {
            return LocalDate.parse(left).compareTo(LocalDate.parse(right));
        } else if (type.isTime()) {
            return instant(left).compareTo(instant(right));
        } else if (type.isNumber()) {
            return new BigDecimal(left).compareTo(new BigDecimal(right));
        }
        return left.compareTo(right);
    }

    private static String print(Instant instant, DataType.Timestamp type) {
        return type.zoned()
                ? instant.toString()
                : LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
    }

    static Instant instant(String text) {
        String iso = text.indexOf(' ') == 10 ? text.replace(' ', 'T') : text;
        if (iso.length() == 10) {
            return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
        return zoned
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }
}
