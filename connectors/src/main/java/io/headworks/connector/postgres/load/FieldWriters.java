package io.headworks.connector.postgres.load;

import io.headworks.api.batch.Column;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.result.UnfitValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * How the values of a batch's column become fields of the table's. The table's type holds every value of the batch's:
 * that is proven before; here only what no type can tell is refused, as U+0000 in a text.
 */
final class FieldWriters {
    private FieldWriters() {}

    /**
     * The writer for a column.
     *
     * @param delivered the batch's type
     * @param declared the table's type in PostgreSQL's words, as {@code format_type} gives it
     */
    static FieldWriter of(DataType delivered, String declared) {
        String base = declared.replaceAll("\\(.*?\\)", "");
        if (base.endsWith("[]") && delivered instanceof DataType.ListOf list) {
            return new ArrayWriter(list.element(), declared.substring(0, declared.length() - 2));
        }
        return switch (base) {
            case "boolean" ->
                (column, row, out) -> {
                    out.putInt(1);
                    out.putByte((int) longs(column, row));
                };
            case "smallint" ->
                (column, row, out) -> {
                    out.putInt(2);
                    out.putShort((int) longs(column, row));
                };
            case "integer" ->
                (column, row, out) -> {
                    out.putInt(4);
                    out.putInt((int) longs(column, row));
                };
            case "bigint" ->
                (column, row, out) -> {
                    out.putInt(8);
                    out.putLong(longs(column, row));
                };
            case "numeric" -> numeric(delivered);
            case "real" ->
                (column, row, out) -> {
                    out.putInt(4);
                    out.putInt(Float.floatToIntBits((float) ((Column.Doubles) column).values()[row]));
                };
            case "double precision" -> FieldWriters::writeDouble;
            case "date" -> FieldWriters::writeDate;
            case "time without time zone" -> FieldWriters::writeTime;
            case "timestamp without time zone", "timestamp with time zone" -> FieldWriters::writeTimestamp;
            case "time with time zone" -> (column, row, out) -> TimeForms.writeZonedTime(out, text(column, row));
            case "interval" -> (column, row, out) -> TimeForms.writeInterval(out, text(column, row));
            case "uuid" -> FieldWriters::writeUuid;
            case "bytea" ->
                (column, row, out) -> {
                    byte[] bytes = ((Column.Binaries) column).values()[row];
                    out.putInt(bytes.length);
                    out.put(bytes);
                };
            case "jsonb" ->
                (column, row, out) -> {
                    byte[] bytes = utf8(text(column, row));
                    out.putInt(bytes.length + 1);
                    out.putByte(1);
                    out.put(bytes);
                };
            case "bit", "bit varying" -> FieldWriters::writeBits;
            default -> FieldWriters::writeText;
        };
    }

    private static long longs(Column column, int row) {
        return ((Column.Longs) column).values()[row];
    }

    private static String text(Column column, int row) {
        return column instanceof Column.Utf8 utf8
                ? utf8.text(row)
                : Objects.requireNonNull(((Column.Texts) column).values()[row]);
    }

    private static byte[] utf8(String text) throws UnfitValue {
        if (text.indexOf('\0') >= 0) {
            throw new UnfitValue("holds U+0000, which no text of PostgreSQL may");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void writeText(Column column, int row, TupleBuffer out) throws UnfitValue {
        byte[] bytes = utf8(text(column, row));
        out.putInt(bytes.length);
        out.put(bytes);
    }

    private static void writeDouble(Column column, int row, TupleBuffer out) {
        double value =
                column instanceof Column.Longs whole ? whole.values()[row] : ((Column.Doubles) column).values()[row];
        out.putInt(8);
        out.putLong(Double.doubleToLongBits(value));
    }

    private static FieldWriter numeric(DataType delivered) {
        NumericForm form = new NumericForm();
        int scale = delivered instanceof DataType.Decimal decimal ? decimal.scale() : 0;
        boolean unsigned = delivered == Simple.UINT64;
        return (column, row, out) -> {
            if (column instanceof Column.Decimals decimals) {
                form.write(out, decimals.values()[row]);
            } else if (unsigned && longs(column, row) < 0) {
                form.write(out, new BigDecimal(new BigInteger(Long.toUnsignedString(longs(column, row)))));
            } else {
                form.write(out, longs(column, row), scale);
            }
        };
    }

    private static void writeDate(Column column, int row, TupleBuffer out) throws UnfitValue {
        out.putInt(4);
        out.putInt((int) since2000(TimeBounds.DATES, longs(column, row)));
    }

    private static void writeTime(Column column, int row, TupleBuffer out) {
        out.putInt(8);
        out.putLong(longs(column, row));
    }

    private static void writeTimestamp(Column column, int row, TupleBuffer out) throws UnfitValue {
        out.putInt(8);
        out.putLong(since2000(TimeBounds.TIMESTAMPS, longs(column, row)));
    }

    private static long since2000(TimeBounds bounds, long value) throws UnfitValue {
        if (!bounds.hold(value)) {
            throw bounds.unfit();
        }
        return value - bounds.epoch();
    }

    private static void writeUuid(Column column, int row, TupleBuffer out) {
        UUID uuid = UUID.fromString(text(column, row));
        out.putInt(16);
        out.putLong(uuid.getMostSignificantBits());
        out.putLong(uuid.getLeastSignificantBits());
    }

    private static void writeBits(Column column, int row, TupleBuffer out) {
        String bits = text(column, row);
        byte[] bytes = new byte[(bits.length() + 7) / 8];
        for (int i = 0; i < bits.length(); i++) {
            if (bits.charAt(i) == '1') {
                bytes[i / 8] |= (byte) (0x80 >> i % 8);
            }
        }
        out.putInt(4 + bytes.length);
        out.putInt(bits.length());
        out.put(bytes);
    }
}
