package io.headworks.connector.postgres.copy;

import io.headworks.api.batch.Column;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row for people, as {@code id=1, name=Ada}, so that they find it again at the source. */
final class RawRow {
    private static final int LONGEST = 10_000;
    private static final int LONGEST_VALUE = 200;

    private RawRow() {}

    /** @param unfit the column whose value has no place; the reason tells it */
    static String of(Schema schema, List<Column> columns, int row, int unfit) {
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i < columns.size() && raw.length() < LONGEST; i++) {
            Field field = schema.fields().get(i);
            String value = i == unfit ? "?" : text(field.type(), Values.of(columns.get(i), row));
            raw.append(i == 0 ? "" : ", ").append(field.name()).append('=');
            raw.append(value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value);
        }
        return raw.length() > LONGEST ? raw.substring(0, LONGEST) : raw.toString();
    }

    private static String text(DataType type, @Nullable Object value) {
        if (value == null) {
            return "NULL";
        } else if (value instanceof byte[] bytes) {
            return "x" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, LONGEST_VALUE / 2));
        } else if (value instanceof Long number) {
            return number(type, number);
        }
        return String.valueOf(value);
    }

    private static String number(DataType type, long number) {
        if (type instanceof DataType.Decimal decimal) {
            return BigDecimal.valueOf(number, decimal.scale()).toPlainString();
        } else if (type == DataType.Simple.BOOLEAN) {
            return number == 0 ? "false" : "true";
        } else if (type == DataType.Simple.DATE) {
            return LocalDate.ofEpochDay(number).toString();
        } else if (type instanceof DataType.Time) {
            return number == 86_400_000_000L
                    ? "24:00"
                    : LocalTime.ofNanoOfDay(number * 1_000).toString();
        } else if (type instanceof DataType.Timestamp timestamp) {
            Instant instant = Instant.EPOCH.plus(number, ChronoUnit.MICROS);
            return timestamp.zoned()
                    ? instant.toString()
                    : instant.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
        }
        return Long.toString(number);
    }
}
