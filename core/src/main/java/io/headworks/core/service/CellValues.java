package io.headworks.core.service;

import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Values of batches as they stand in public JSON documents: exact, or text. A number that a reader with doubles would
 * bend is written as text; times are ISO 8601, instants in UTC; binary is Base64.
 */
public final class CellValues {
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    private CellValues() {}

    /** One value: Boolean, Long, BigDecimal, Double, String, List, Map or null. */
    public static @Nullable Object of(ColumnBatch batch, int column, int row) {
        Column values = batch.columns().get(column);
        if (values.isNull(row)) {
            return null;
        }
        DataType type = batch.schema().fields().get(column).type();
        if (values instanceof Column.Longs longs) {
            return ofLong(longs.values()[row], type);
        } else if (values instanceof Column.Doubles doubles) {
            return ofDouble(doubles.values()[row], type);
        } else if (values instanceof Column.Decimals decimals) {
            return number(decimals.values()[row]);
        } else if (values instanceof Column.Texts texts) {
            return texts.values()[row];
        } else if (values instanceof Column.Binaries binaries) {
            return Base64.getEncoder().encodeToString(binaries.values()[row]);
        }
        return nested(((Column.Objects) values).values().get(row), type);
    }

    private static Object ofLong(long value, DataType type) {
        if (type == Simple.BOOLEAN) {
            return value != 0;
        } else if (type == Simple.DATE) {
            return LocalDate.ofEpochDay(value).toString();
        } else if (type instanceof DataType.Decimal decimal) {
            return number(BigDecimal.valueOf(value, decimal.scale()));
        } else if (type instanceof DataType.Timestamp timestamp) {
            return timestamp(value, timestamp);
        } else if (type instanceof DataType.Time time) {
            return time(value, time.digits());
        } else if (type == Simple.UINT64 && value < 0) {
            return Long.toUnsignedString(value);
        }
        return Math.abs(value) <= EXACT_IN_DOUBLE && value != Long.MIN_VALUE ? (Object) value : Long.toString(value);
    }

    private static Object ofDouble(double value, DataType type) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        return type == Simple.FLOAT ? new BigDecimal(Float.toString((float) value)) : (Object) value;
    }

    private static Object number(BigDecimal value) {
        double bent = value.doubleValue();
        boolean exact = !Double.isInfinite(bent) && new BigDecimal(Double.toString(bent)).compareTo(value) == 0;
        return exact ? (Object) value : value.toPlainString();
    }

    private static String timestamp(long value, DataType.Timestamp type) {
        long perSecond = type.digits() > 6 ? TimeUnit.SECONDS.toNanos(1) : TimeUnit.SECONDS.toMicros(1);
        long nanos = Math.floorMod(value, perSecond) * (TimeUnit.SECONDS.toNanos(1) / perSecond);
        LocalDateTime local = LocalDateTime.ofEpochSecond(Math.floorDiv(value, perSecond), (int) nanos, ZoneOffset.UTC);
        return type.zoned()
                ? DateTimeFormatter.ISO_INSTANT.format(local.toInstant(ZoneOffset.UTC))
                : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local);
    }

    private static String time(long value, int digits) {
        long nanos = digits > 6 ? value : TimeUnit.MICROSECONDS.toNanos(value);
        return nanos == TimeUnit.DAYS.toNanos(1)
                ? "24:00:00"
                : DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(nanos));
    }

    private static @Nullable Object nested(@Nullable Object value, @Nullable DataType type) {
        if (value == null) {
            return null;
        } else if (type instanceof DataType.Struct struct && value instanceof List<?> members) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            List<Field> fields = struct.fields();
            for (int i = 0; i < fields.size(); i++) {
                tree.put(
                        fields.get(i).name(),
                        nested(members.get(i), fields.get(i).type()));
            }
            return tree;
        } else if (value instanceof List<?> elements) {
            DataType element = type instanceof DataType.ListOf list ? list.element() : null;
            DataType entry = type instanceof DataType.MapOf map
                    ? new DataType.Struct(List.of(new Field("key", map.key()), new Field("value", map.value())))
                    : element;
            List<@Nullable Object> tree = new ArrayList<>();
            elements.forEach(each -> tree.add(nested(each, entry)));
            return tree;
        }
        return scalar(value, type);
    }

    private static Object scalar(Object value, @Nullable DataType type) {
        if (value instanceof Boolean || value instanceof String) {
            return value;
        } else if (value instanceof BigDecimal decimal) {
            return number(decimal);
        } else if (value instanceof BigInteger integer) {
            return number(new BigDecimal(integer));
        } else if (value instanceof Long number) {
            return ofLong(number, Objects.requireNonNullElse(type, Simple.INT64));
        } else if (value instanceof Double || value instanceof Float) {
            return ofDouble(((Number) value).doubleValue(), value instanceof Float ? Simple.FLOAT : Simple.DOUBLE);
        } else if (value instanceof Number number) {
            return number.longValue();
        } else if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        } else if (value instanceof Instant instant) {
            return DateTimeFormatter.ISO_INSTANT.format(instant);
        }
        return value.toString();
    }
}
