package io.headworks.connector.files.json;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import org.jspecify.annotations.Nullable;

/** Dates and times that a file knows for such, as ISO 8601 writes them. */
final class TemporalValue {
    private static final String MIDNIGHT = "T00:00:00";
    private static final DataType TIME = new DataType.Time(6);

    private TemporalValue() {}

    /** The type of a column, from what was found before and one more value. */
    static DataType type(@Nullable DataType before, String iso) {
        boolean clock = iso.indexOf(':') >= 0;
        DataType type = iso.indexOf('T') >= 0 ? DataType.TIMESTAMP : clock ? TIME : Simple.DATE;
        if (before == null || before.equals(type)) {
            return type;
        }
        return before.equals(TIME) || type.equals(TIME) ? DataType.TEXT : DataType.TIMESTAMP;
    }

    /** What a value of a type is read from: a date begins its day, and a day's beginning is its date. */
    static String as(String iso, DataType type) {
        if (type instanceof DataType.Timestamp && iso.length() == 10) {
            return iso + MIDNIGHT;
        }
        return type == Simple.DATE && iso.endsWith(MIDNIGHT) ? iso.substring(0, 10) : iso;
    }
}
