package io.headworks.api.type;

import io.headworks.api.type.DataType.Simple;
import java.util.List;

/** Which types hold every value of which others, exactly. {@code bits(0)} stands for a bit string of any length. */
public final class Widening {
    private static final List<DataType> SIGNED =
            List.of(Simple.INT8, Simple.INT16, Simple.INT32, Simple.INT64, Simple.HUGEINT);
    private static final List<DataType> UNSIGNED = List.of(Simple.UINT8, Simple.UINT16, Simple.UINT32, Simple.UINT64);
    /** Decimal digits that hold every value of the signed integers, in their order. */
    private static final int[] DIGITS = {3, 5, 10, 19, 39};

    private Widening() {}

    public static boolean holds(DataType wide, DataType narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        if (wide instanceof DataType.Decimal decimal) {
            return decimalHolds(decimal, narrow);
        } else if (SIGNED.contains(wide)) {
            return integerHolds(SIGNED.indexOf(wide), narrow);
        } else if (UNSIGNED.contains(wide)) {
            return UNSIGNED.contains(narrow) && UNSIGNED.indexOf(wide) >= UNSIGNED.indexOf(narrow);
        } else if (wide == Simple.DOUBLE) {
            return narrow == Simple.FLOAT || integerFitsDouble(narrow);
        } else if (wide == Simple.TEXT) {
            return narrow.isText();
        } else if (wide instanceof DataType.Bounded bounded) {
            return !bounded.padded() && narrow instanceof DataType.Bounded other && other.length() <= bounded.length();
        } else if (wide instanceof DataType.Timestamp timestamp) {
            return narrow instanceof DataType.Timestamp other
                    && other.zoned() == timestamp.zoned()
                    && other.digits() <= timestamp.digits();
        } else if (wide instanceof DataType.Time time) {
            return narrow instanceof DataType.Time other && other.digits() <= time.digits();
        } else if (wide instanceof DataType.Bits bits) {
            return narrow instanceof DataType.Bits && bits.length() == 0;
        } else if (wide == Simple.BINARY) {
            return narrow == Simple.GEOMETRY;
        }
        return false;
    }

    private static boolean decimalHolds(DataType.Decimal wide, DataType narrow) {
        int whole = wide.precision() - wide.scale();
        if (narrow instanceof DataType.Decimal decimal) {
            return decimal.scale() <= wide.scale() && decimal.precision() - decimal.scale() <= whole;
        }
        int signed = SIGNED.indexOf(narrow);
        return signed >= 0 && DIGITS[signed] <= whole;
    }

    private static boolean integerHolds(int wide, DataType narrow) {
        int unsigned = UNSIGNED.indexOf(narrow);
        return unsigned >= 0 ? unsigned < wide : SIGNED.contains(narrow) && SIGNED.indexOf(narrow) <= wide;
    }

    private static boolean integerFitsDouble(DataType narrow) {
        return List.<DataType>of(Simple.INT8, Simple.INT16, Simple.INT32, Simple.UINT8, Simple.UINT16, Simple.UINT32)
                .contains(narrow);
    }
}
