package io.headworks.connector.jdbc.load;

import io.headworks.api.batch.Column;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.relational.InsertedRows;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.result.UnfitValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A value of a batch as a parameter. Times are texts, so that no zone of this machine has a say. */
record CellWriter(DataType delivered, String declared, int longest) implements InsertedRows.Cell {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSSSSS");
    private static final long DAY_SECONDS = 86_400;
    private static final LocalDate JULIAN = LocalDate.of(1582, 10, 4);
    private static final LocalDate GREGORIAN = LocalDate.of(1582, 10, 15);

    static CellWriter of(Pair pair, int longest) {
        return new CellWriter(pair.delivered().type(), pair.column().declared(), longest);
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
            return binary(binaries.values()[row]);
        } else if (column instanceof Column.Texts texts) {
            return ofText(texts.values()[row]);
        }
        throw new UnfitValue("has no form there");
    }

    private Object ofLong(long value) throws UnfitValue {
        if (delivered == Simple.BOOLEAN) {
            return value != 0;
        } else if (delivered == Simple.DATE) {
            return date(LocalDate.ofEpochDay(value)).toString();
        } else if (delivered instanceof DataType.Timestamp timestamp) {
            return timestamp(value, timestamp);
        } else if (delivered instanceof DataType.Time time) {
            return time(value, time.digits());
        } else if (delivered instanceof DataType.Decimal decimal) {
            return BigDecimal.valueOf(value, decimal.scale());
        } else if (delivered == Simple.UINT64 && value < 0) {
            return new BigDecimal(new BigInteger(Long.toUnsignedString(value)));
        }
        return value;
    }

    /** Java's own calendar, which these databases keep dates by, leaves ten days out. */
    private static LocalDate date(LocalDate date) throws UnfitValue {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new UnfitValue("lies outside the years 1 to 9999");
        } else if (date.isAfter(JULIAN) && date.isBefore(GREGORIAN)) {
            throw new UnfitValue("lies in the ten days that its calendar leaves out (1582-10-05 to 1582-10-14)");
        }
        return date;
    }

    private String timestamp(long value, DataType.Timestamp type) throws UnfitValue {
        long unit = unit(type.digits());
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(value, unit),
                (int) (Math.floorMod(value, unit) * (1_000_000_000 / unit)),
                ZoneOffset.UTC);
        date(time.toLocalDate());
        return JdbcSpelling.CLOCK.format(time) + (declared.endsWith("TIME ZONE") ? "+0:00" : "");
    }

    private static String time(long value, int digits) throws UnfitValue {
        long unit = unit(digits);
        if (value >= DAY_SECONDS * unit) {
            throw new UnfitValue("is 24:00:00, which it has no time of day for");
        }
        String text = TIME.format(LocalTime.ofNanoOfDay(value * (1_000_000_000 / unit)));
        return digits == 0 ? text.substring(0, 8) : text;
    }

    private static long unit(int digits) {
        return digits > 6 ? 1_000_000_000 : 1_000_000;
    }

    private static Object finite(double value) throws UnfitValue {
        if (!Double.isFinite(value)) {
            throw new UnfitValue("is " + value + ", which it has no number for");
        }
        return value;
    }

    private byte[] binary(byte[] value) throws UnfitValue {
        if (value.length > longest) {
            throw new UnfitValue("has " + value.length + " bytes (allowed: " + longest + ")");
        }
        return value;
    }

    private @Nullable Object ofText(@Nullable String text) throws UnfitValue {
        if (text != null && text.length() > longest) {
            throw new UnfitValue("has " + text.length() + " characters (allowed: " + longest + ")");
        }
        return text != null && declared.equals("UUID") ? UUID.fromString(text) : text;
    }
}
