package io.headworks.connector.postgres.source;

import io.headworks.api.diff.CanonicalForm;
import io.headworks.api.diff.CanonicalForm.Near;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;

/**
 * A value's canonical text as PostgreSQL's SQL, or a value that {@code concat} prints as that text; NULL for NULL. Sessions
 * are in UTC and write dates by ISO 8601.
 */
final class CellText {

    private CellText() {}

    /**
     * @param type of the value as it is read
     * @param value the column as it is read
     */
    static String of(CanonicalForm form, DataType type, String value) {
        if (form instanceof CanonicalForm.Whole) {
            return whole(type, value);
        } else if (form instanceof CanonicalForm.Fixed fixed) {
            return fixed(fixed, type, value);
        } else if (form instanceof CanonicalForm.Floating) {
            return bits("CAST(" + value + " AS float8)");
        } else if (form instanceof CanonicalForm.Characters characters) {
            return characters.trimmed() ? "rtrim(" + text(value) + ", ' ')" : value;
        } else if (form instanceof CanonicalForm.Uuid) {
            return type == Simple.UUID ? value : "lower(" + value + ")";
        } else if (form instanceof CanonicalForm.Day || form instanceof CanonicalForm.TimeOfDay) {
            return value;
        } else if (form instanceof CanonicalForm.Moment) {
            boolean naive = type instanceof DataType.Timestamp timestamp && !timestamp.zoned();
            return naive ? value : "CAST(" + value + " AS timestamp)";
        } else if (form instanceof CanonicalForm.Bytes) {
            return "('x' || encode(" + value + ", 'hex'))";
        } else if (form instanceof Near near) {
            return near(near, type, value);
        }
        throw new IllegalArgumentException("PostgreSQL makes no text of " + form);
    }

    static String text(String value) {
        return "CAST(" + value + " AS text)";
    }

    private static String whole(DataType type, String value) {
        return type == Simple.BOOLEAN ? "CAST(" + value + " AS int4)" : value;
    }

    /** A column of a scale prints all its digits. */
    private static String fixed(CanonicalForm.Fixed form, DataType type, String value) {
        int own = type instanceof DataType.Decimal decimal ? decimal.scale() : 0;
        String zeros = (own == 0 && form.scale() > 0 ? "." : "") + "0".repeat(form.scale() - own);
        return zeros.isEmpty() ? whole(type, value) : "(" + text(whole(type, value)) + " || '" + zeros + "')";
    }

    private static String bits(String number) {
        return "CASE WHEN " + number + " = 'NaN' THEN 'nan' WHEN " + number + " = 0 THEN '0' ELSE "
                + text("CAST(CAST('x' || encode(float8send(" + number + "), 'hex') AS bit(64)) AS int8)") + " END";
    }

    private static String near(Near form, DataType type, String value) {
        String measured = form.isTime() ? "extract(epoch FROM " + value + ")" : whole(type, value);
        String number = "CAST(" + measured + " AS float8)";
        return "CASE WHEN abs(" + number + ") < " + literal(form.cell() * Near.MOST_CELLS) + " THEN 'c' || "
                + text("CAST(floor(" + number + " / " + literal(form.cell()) + ") AS int8)") + " ELSE "
                + text(of(form.exact(), type, value)) + " END";
    }

    private static String literal(double number) {
        return "CAST('" + number + "' AS float8)";
    }
}
