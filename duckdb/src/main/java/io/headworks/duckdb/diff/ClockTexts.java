package io.headworks.duckdb.diff;

import io.headworks.api.diff.CanonicalForm;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;

/** Days, times and points in time as canonical texts and as numbers. */
final class ClockTexts {

    private ClockTexts() {}

    static String of(CanonicalForm form, DataType type, String value) {
        if (form instanceof CanonicalForm.TimeOfDay) {
            return CellText.text(value);
        } else if (form instanceof CanonicalForm.Day) {
            return after(value, "DATE '0001-01-01'", CellText.text(value));
        } else if (form instanceof CanonicalForm.Moment) {
            return moment(type, value);
        }
        throw new IllegalStateException("no text for " + form);
    }

    private static String moment(DataType type, String value) {
        if (type instanceof DataType.Timestamp timestamp && timestamp.zoned()) {
            String text = "replace(" + CellText.text(value) + ", '+00', '')";
            return after(value, "TIMESTAMPTZ '0001-01-01 00:00:00+00'", text);
        } else if (type instanceof DataType.Timestamp timestamp && timestamp.digits() > 6) {
            // their years are 1677 to 2262
            return CellText.text(value);
        }
        String naive = timestamp(type, value);
        return after(naive, "TIMESTAMP '0001-01-01 00:00:00'", CellText.text(naive));
    }

    /** DuckDB writes BC behind the date, in parentheses. */
    private static String after(String value, String yearOne, String text) {
        return "CASE WHEN " + value + " >= " + yearOne + " OR NOT isfinite(" + value + ") THEN " + text
                + " ELSE replace(" + text + ", ' (BC)', '') || ' BC' END";
    }

    private static String timestamp(DataType type, String value) {
        return type == Simple.DATE ? "CAST(" + value + " AS TIMESTAMP)" : value;
    }

    /** NULL for what is not finite. */
    static String microseconds(DataType type, String value) {
        String time = timestamp(type, value);
        return "CASE WHEN isfinite(" + time + ") THEN epoch_us(" + time + ") END";
    }

    /** As a double, for cells. NULL for what is not finite. */
    static String seconds(DataType type, String value) {
        return "(CAST(" + microseconds(type, value) + " AS DOUBLE) / 1000000)";
    }
}
