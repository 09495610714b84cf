package io.headworks.connector.mysql.load;

import io.headworks.api.batch.Column;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.relational.InsertedRows;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.result.UnfitValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A value of a batch as a parameter: Long, BigDecimal, Double, String or byte[]. Times are texts, so that no zone of this
 * machine has a say.
 */
record CellWriter(DataType delivered, boolean instant) implements InsertedRows.Cell {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    private static final long LAST_INSTANT = Integer.MAX_VALUE * 1_000_000L + 999_999;
    private static final long FIRST_INSTANT = 1_000_000L;

    static CellWriter of(Pair pair) {
        return new CellWriter(pair.delivered().type(), pair.column().declared().startsWith("timestamp"));
    }

    @Override
    public @Nullable Object write(Column column, int row) throws UnfitValue {
        if (column.isNull(row)) {
            return null;
        } else if (column instanceof Column.Longs longs) {
            return ofLong(longs.values()[row]);
        } else if (column instanceof Column.Doubles doubles) {
            return finite(doubles.values()[row]);
        } else if (column instanceof Column.Decimals decimals) {
            return decimals.values()[row];
        } else if (column instanceof Column.Binaries binaries) {
            return binaries.values()[row];
        } else if (column instanceof Column.Texts texts) {
            return ofText(texts.values()[row]);
        }
        throw new UnfitValue("has no form in MySQL");
    }

    private Object ofLong(long value) throws UnfitValue {
        if (delivered == Simple.DATE) {
            return date(value);
        } else if (delivered instanceof DataType.Timestamp) {
            return timestamp(value);
        } else if (delivered instanceof DataType.Time) {
            if (value >= 86_400_000_000L) {
                return "24:00:00";
            }
            return TIME.format(LocalTime.ofNanoOfDay(value * 1_000));
        } else if (delivered instanceof DataType.Decimal decimal) {
            return BigDecimal.valueOf(value, decimal.scale());
        } else if (delivered == Simple.UINT64 && value < 0) {
            return new BigDecimal(new BigInteger(Long.toUnsignedString(value)));
        }
        return value;
    }

    private static String date(long days) throws UnfitValue {
        LocalDate date = LocalDate.ofEpochDay(days);
        refuseBeyond(date.getYear());
        return date.toString();
    }

    private static void refuseBeyond(int year) throws UnfitValue {
        if (year < 1 || year > 9999) {
            throw new UnfitValue("lies outside MySQL's dates (the years 1 to 9999)");
        }
    }

    private String timestamp(long micros) throws UnfitValue {
        if (instant && (micros < FIRST_INSTANT || micros > LAST_INSTANT)) {
            throw new UnfitValue(
                    "lies outside MySQL's TIMESTAMP (1970-01-01 00:00:01 to 2038-01-19 03:14:07 UTC); a timestamp without"
                            + " zone has the years 1 to 9999");
        }
        LocalDateTime time = LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
        refuseBeyond(time.getYear());
        return CLOCK.format(time);
    }

    private static Object finite(double value) throws UnfitValue {
        if (!Double.isFinite(value)) {
            throw new UnfitValue("is " + value + ", which MySQL has no number for");
        }
        return value;
    }

    private @Nullable Object ofText(@Nullable String text) {
        return text != null && delivered instanceof DataType.Bits ? new BigInteger(text, 2).longValue() : text;
    }
}
