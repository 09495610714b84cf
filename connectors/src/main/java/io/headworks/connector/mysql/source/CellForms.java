package io.headworks.connector.mysql.source;

import io.headworks.api.type.DataType;
import io.headworks.connector.result.Cells;
import io.headworks.connector.result.UnfitValue;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cells as the server sends them, as text, read into the form their type has in a batch. */
final class CellForms {
    /** Of the spatial reference system, before the well-known binary. */
    private static final int SRID_BYTES = 4;

    private CellForms() {}

    /** A reader of texts that says what does not fit. */
    interface TextForm {
        long read(String text) throws UnfitValue;
    }

    static Cells integers() {
        return Cells.longs(ResultSet::getLong);
    }

    static Cells unsigned() {
        return fromText(Long::parseUnsignedLong);
    }

    static Cells doubles() {
        return Cells.doubles(ResultSet::getDouble);
    }

    static Cells texts() {
        return Cells.texts(ResultSet::getString);
    }

    static Cells binaries() {
        return Cells.binaries(ResultSet::getBytes);
    }

    static Cells fromText(TextForm form) {
        return Cells.longs((result, index) -> {
            String text = result.getString(index);
            return text == null ? 0 : form.read(text);
        });
    }

    static Cells decimals(DataType.Decimal type) {
        return type.precision() <= 18
                ? fromText(text -> decimal(text, type).unscaledValue().longValueExact())
                : Cells.decimals((result, index) -> {
                    String text = result.getString(index);
                    return text == null ? null : decimal(text, type);
                });
    }

    static Cells hugeIntegers() {
        return Cells.decimals((result, index) -> {
            String text = result.getString(index);
            return text == null ? null : hugeInteger(new BigDecimal(text));
        });
    }

    private static BigDecimal hugeInteger(BigDecimal value) throws UnfitValue {
        if (value.toBigIntegerExact().bitLength() > 127) {
            throw new UnfitValue("is no integer of 128 bits");
        }
        return value;
    }

    private static BigDecimal decimal(String text, DataType.Decimal type) throws UnfitValue {
        BigDecimal value = new BigDecimal(text);
        if (value.scale() > type.scale() && value.stripTrailingZeros().scale() > type.scale()) {
            throw new UnfitValue("has more than " + type.scale() + " digits after the point");
        }
        BigDecimal scaled = value.setScale(type.scale(), java.math.RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.precision()) {
            throw new UnfitValue("has more than " + type.precision() + " digits");
        }
        return scaled;
    }

    /** For a column that is said to hold nothing but 0 and 1. */
    static Cells booleans() {
        return Cells.longs((result, index) -> flag(result.getLong(index)));
    }

    private static long flag(long value) throws UnfitValue {
        if (value != 0 && value != 1) {
            throw new UnfitValue("is neither 0 nor 1");
        }
        return value;
    }

    static Cells bit() {
        return Cells.longs((result, index) -> {
            byte[] bytes = result.getBytes(index);
            return bytes == null ? 0 : bytes[bytes.length - 1];
        });
    }

    static Cells bits(int length) {
        return Cells.texts((result, index) -> {
            byte[] bytes = result.getBytes(index);
            return bytes == null ? null : bits(bytes, length);
        });
    }

    private static String bits(byte[] bytes, int length) {
        StringBuilder bits = new StringBuilder(length);
        for (int bit = length - 1; bit >= 0; bit--) {
            int at = bytes.length - 1 - bit / 8;
            bits.append(at >= 0 && (bytes[at] >> bit % 8 & 1) == 1 ? '1' : '0');
        }
        return bits.toString();
    }

    /** An enum's cell is empty where something was stored that is no label. */
    static Cells labels(DataType.Enumeration type) {
        Set<String> labels = Set.copyOf(type.values());
        return Cells.texts((result, index) -> label(result.getString(index), labels));
    }

    private static @Nullable String label(@Nullable String text, Set<String> labels) throws UnfitValue {
        if (text != null && !labels.contains(text)) {
            throw new UnfitValue("is no label of the enum");
        }
        return text;
    }

    static Cells geometries() {
        return Cells.binaries(CellForms::geometry);
    }

    private static byte @Nullable [] geometry(ResultSet result, int index) throws SQLException {
        byte[] bytes = result.getBytes(index);
        return bytes == null ? null : Arrays.copyOfRange(bytes, SRID_BYTES, bytes.length);
    }
}
