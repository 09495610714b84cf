package io.headworks.core.slice;

import io.headworks.api.type.DataType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The end of a slice as it is compared with a column. */
public final class SliceText {
    private static final int DATE_LENGTH = 10;

    private SliceText() {}

    /**
     * A date stands for the beginning of its day in the zone, where it is compared with points in time; a column of dates
     * has no zone. Other texts are left as they are.
     */
    public static String of(String text, DataType type, ZoneId zone) {
        if (type instanceof DataType.Timestamp && text.length() == DATE_LENGTH && !zone.equals(ZoneOffset.UTC)) {
            try {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant().toString();
            } catch (DateTimeException noDate) {
                return text;
            }
        }
        return text;
    }
}
