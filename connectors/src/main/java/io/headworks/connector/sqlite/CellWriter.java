package io.headworks.connector.sqlite;

import io.headworks.api.batch.Column;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.relational.InsertedRows;
import io.headworks.connector.result.UnfitValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A value of a batch as SQLite keeps it in a column: Long, Double, String or byte[].
 *
 * @param delivered the type of the batch's column
 * @param stored the type of the table's column, which holds every value of the delivered one
 * @param bareJson false where SQLite would turn a JSON document that is a bare number into a number
 */
record CellWriter(DataType delivered, DataType stored, boolean bareJson) implements InsertedRows.Cell {

    @Override
    public @Nullable Object write(Column column, int row) throws UnfitValue {
        if (column.isNull(row)) {
            return null;
        } else if (isExactText(stored)) {
            return exactText(exact(column, row));
        } else if (column instanceof Column.Longs longs) {
            return ofLong(longs.values()[row]);
        } else if (column instanceof Column.Doubles doubles) {
            return ofDouble(doubles.values()[row]);
        } else if (column instanceof Column.Texts texts) {
            return ofText(texts.values()[row]);
        } else if (column instanceof Column.Binaries binaries) {
            return binaries.values()[row];
        }
        throw new UnfitValue("has no form in SQLite");
    }

    /** Kept as text with all digits, because SQLite has no exact number but the integer of 64 bits. */
    static boolean isExactText(DataType type) {
        return type instanceof DataType.Decimal
                || type == Simple.NUMERIC
                || type == Simple.HUGEINT
                || type == Simple.UINT64;
    }

    private BigDecimal exact(Column column, int row) throws UnfitValue {
        if (column instanceof Column.Decimals decimals) {
            return decimals.values()[row];
        } else if (column instanceof Column.Longs longs) {
            long value = longs.values()[row];
            if (delivered == Simple.UINT64) {
                return new BigDecimal(new BigInteger(Long.toUnsignedString(value)));
            }
            return delivered instanceof DataType.Decimal decimal
                    ? BigDecimal.valueOf(value, decimal.scale())
                    : BigDecimal.valueOf(value);
        }
        throw new UnfitValue("is no exact number");
    }

    private String exactText(BigDecimal value) {
        int scale = stored instanceof DataType.Decimal decimal
                ? decimal.scale()
                : stored == Simple.NUMERIC ? value.scale() : 0;
        return value.setScale(Math.max(scale, 0), java.math.RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    private Object ofLong(long value) throws UnfitValue {
        if (stored == Simple.DATE) {
            return ClockText.ofDays(value);
        } else if (stored instanceof DataType.Timestamp timestamp && delivered instanceof DataType.Timestamp from) {
            return ClockText.ofTimestamp(
                    rescaled(value, from.digits(), timestamp.digits()), timestamp.digits(), timestamp.zoned());
        } else if (stored instanceof DataType.Time time && delivered instanceof DataType.Time from) {
            return ClockText.ofTime(rescaled(value, from.digits(), time.digits()), time.digits());
        } else if (stored == Simple.DOUBLE || stored == Simple.FLOAT) {
            return (double) value;
        }
        return value;
    }

    /** From the unit of one number of digits to that of another; the wider type has the finer unit. */
    private static long rescaled(long value, int from, int to) {
        long factor = ClockText.unitsPerSecond(to) / ClockText.unitsPerSecond(from);
        return factor == 0 ? value / 1000 : Math.multiplyExact(value, factor);
    }

    private static Double ofDouble(double value) throws UnfitValue {
        if (Double.isNaN(value)) {
            throw new UnfitValue("is NaN, which SQLite would store as NULL");
        }
        return value;
    }

    private @Nullable String ofText(@Nullable String text) throws UnfitValue {
        if (!bareJson
                && text != null
                && !text.isBlank()
                && "-0123456789".indexOf(text.strip().charAt(0)) >= 0) {
            throw new UnfitValue(
                    "is a bare number, which SQLite would not keep as JSON (declare the column JSON_TEXT)");
        }
        return text;
    }
}
