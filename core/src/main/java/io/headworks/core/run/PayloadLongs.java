package io.headworks.core.run;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Values of payloads, as the engine writes them into JSON, as the numbers and bytes that columns hold. */
final class PayloadLongs {
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter();
    private static final DateTimeFormatter ZONED = new DateTimeFormatterBuilder()
            .append(LOCAL)
            .appendOffset("+HH:mm", "+00")
            .toFormatter();
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private PayloadLongs() {}

    /** True for types whose values a column holds as longs. */
    static boolean holds(DataType type) {
        return type == Simple.BOOLEAN
                || type == Simple.DATE
                || type instanceof DataType.Time
                || type instanceof DataType.Timestamp
                || type instanceof DataType.Decimal decimal && decimal.precision() <= 18
                || type.isInteger() && type != Simple.HUGEINT;
    }

    static long of(DataType type, Object value) {
        if (type == Simple.BOOLEAN) {
            return (Boolean) value ? 1 : 0;
        } else if (type == Simple.DATE) {
            return LocalDate.parse((String) value).toEpochDay();
        } else if (type instanceof DataType.Time time) {
            long nanos = LocalTime.parse((String) value).toNanoOfDay();
            return time.digits() > 6 ? nanos : exactMicros(nanos);
        } else if (type instanceof DataType.Timestamp timestamp) {
            return timestamp((String) value, timestamp);
        } else if (type instanceof DataType.Decimal decimal) {
            return new BigDecimal(value.toString())
                    .setScale(decimal.scale())
                    .unscaledValue()
                    .longValueExact();
        }
        BigInteger whole = new BigDecimal(value.toString()).toBigIntegerExact();
        return type == Simple.UINT64 && whole.bitLength() == Long.SIZE && whole.signum() > 0
                ? whole.longValue()
                : whole.longValueExact();
    }

    private static long timestamp(String text, DataType.Timestamp type) {
        Instant instant = type.zoned()
                ? OffsetDateTime.parse(text, ZONED).toInstant()
                : LocalDateTime.parse(text, LOCAL).toInstant(ZoneOffset.UTC);
        long perSecond = type.digits() > 6 ? NANOS_PER_SECOND : MICROS_PER_SECOND;
        long fraction = instant.getLong(ChronoField.NANO_OF_SECOND);
        long units = type.digits() > 6 ? fraction : exactMicros(fraction);
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), perSecond), units);
    }

    private static long exactMicros(long nanos) {
        if (nanos % 1000 != 0) {
            throw new ArithmeticException("finer than a microsecond");
        }
        return nanos / 1000;
    }

    /** Bytes written as printable ASCII and {@code \\xHH}. */
    static byte[] bytes(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 3 < text.length() && text.charAt(at + 1) == 'x') {
                out.write(Integer.parseInt(text, at + 2, at + 4, 16));
                at += 3;
            } else if (c < 0x80 && c != '\\') {
                out.write(c);
            } else {
                throw new IllegalArgumentException("no text of bytes");
            }
        }
        return out.toByteArray();
    }
}
