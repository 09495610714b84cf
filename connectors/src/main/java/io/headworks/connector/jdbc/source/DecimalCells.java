package io.headworks.connector.jdbc.source;

import io.headworks.api.type.DataType;
import io.headworks.connector.result.Cells;
import io.headworks.connector.result.UnfitValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import org.jspecify.annotations.Nullable;

/** Cells whose values must be looked at before they are kept. */
final class DecimalCells {
    private DecimalCells() {}

    /** A reader of texts that says what does not fit. */
    interface TextForm {
        long read(String text) throws UnfitValue;
    }

    static Cells fromText(TextForm form) {
        return Cells.longs((row, index) -> {
            String text = row.getString(index);
            return text == null ? 0 : form.read(text);
        });
    }

    static Cells small(DataType.Decimal type) {
        return Cells.longs((row, index) -> {
            BigDecimal value = scaled(row.getBigDecimal(index), type);
            return value == null ? 0 : value.unscaledValue().longValueExact();
        });
    }

    static Cells large(DataType.Decimal type) {
        return Cells.decimals((row, index) -> scaled(row.getBigDecimal(index), type));
    }

    /** The database rounds what it stores: a value beyond its own type is a fault of its driver. */
    private static @Nullable BigDecimal scaled(@Nullable BigDecimal value, DataType.Decimal type) throws UnfitValue {
        if (value == null) {
            return null;
        }
        try {
            BigDecimal scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
            if (scaled.precision() <= type.precision()) {
                return scaled;
            }
        } catch (ArithmeticException tooFine) {
            throw new UnfitValue("has more than " + type.scale() + " digits after the point");
        }
        throw new UnfitValue("has more than " + type.precision() + " digits");
    }

    static Cells hugeIntegers() {
        return Cells.decimals(DecimalCells::hugeInteger);
    }

    private static @Nullable BigDecimal hugeInteger(ResultSet row, int index) throws java.sql.SQLException, UnfitValue {
        BigDecimal value = row.getBigDecimal(index);
        if (value != null && value.toBigIntegerExact().bitLength() > 127) {
            throw new UnfitValue("is no integer of 128 bits");
        }
        return value;
    }
}
