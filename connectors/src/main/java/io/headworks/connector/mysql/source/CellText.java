package io.headworks.connector.mysql.source;

import io.headworks.api.diff.CanonicalForm;
import io.headworks.api.diff.CanonicalForm.Near;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;

/** A value's canonical text as MySQL's SQL; NULL for NULL. Sessions are in UTC. */
final class CellText {
    private static final String MICROSECONDS = "timestampdiff(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', ";

    private CellText() {}

    /**
     * True where the server has an exact text. Of a double it prints too few digits, and geometries and bits are converted
     * when they are read.
     */
    static boolean makes(CanonicalForm form, DataType type) {
        if (form instanceof Near near) {
            return makes(near.exact(), type);
        }
        boolean converted = type == Simple.GEOMETRY || type instanceof DataType.Bits;
        return !form.isEngines() && !(form instanceof CanonicalForm.Floating) && !converted;
    }

    /**
     * @param type of the value as it is read
     * @param value the column as it is read
     */
    static String of(CanonicalForm form, DataType type, String value) {
        if (form instanceof CanonicalForm.Whole) {
            return text(whole(type, value));
        } else if (form instanceof CanonicalForm.Fixed fixed) {
            return fixed(fixed, type, value);
        } else if (form instanceof CanonicalForm.Characters characters) {
            String text = utf8(value);
            return characters.trimmed() ? "trim(TRAILING ' ' FROM " + text + ")" : text;
        } else if (form instanceof CanonicalForm.Uuid) {
            return "lower(" + utf8(value) + ")";
        } else if (form instanceof CanonicalForm.Day) {
            return text(value);
        } else if (form instanceof CanonicalForm.TimeOfDay || form instanceof CanonicalForm.Moment) {
            return type == Simple.DATE ? "concat(" + text(value) + ", ' 00:00:00')" : clock(type, value);
        } else if (form instanceof CanonicalForm.Bytes) {
            return "concat('x', lower(hex(" + value + ")))";
        } else if (form instanceof Near near) {
            return near(near, type, value);
        }
        throw new IllegalArgumentException("MySQL makes no text of " + form);
    }

    private static String text(String value) {
        return "CAST(" + value + " AS CHAR)";
    }

    private static String utf8(String value) {
        return "CONVERT(" + value + " USING utf8mb4)";
    }

    private static String whole(DataType type, String value) {
        return type == Simple.BOOLEAN ? "CAST(" + value + " AS UNSIGNED)" : value;
    }

    private static String fixed(CanonicalForm.Fixed form, DataType type, String value) {
        int own = type instanceof DataType.Decimal decimal ? decimal.scale() : 0;
        String zeros = (own == 0 && form.scale() > 0 ? "." : "") + "0".repeat(form.scale() - own);
        String digits = text(whole(type, value));
        return zeros.isEmpty() ? digits : "concat(" + digits + ", '" + zeros + "')";
    }

    /** The server prints as many digits as the column has. */
    private static String clock(DataType type, String value) {
        int digits = type instanceof DataType.Timestamp timestamp
                ? timestamp.digits()
                : type instanceof DataType.Time time ? time.digits() : 0;
        return digits == 0 ? text(value) : "trim(TRAILING '.' FROM trim(TRAILING '0' FROM " + text(value) + "))";
    }

    private static String near(Near form, DataType type, String value) {
        String number = form.isTime() ? "(" + MICROSECONDS + value + ") / 1e6)" : "(" + whole(type, value) + " + 0e0)";
        return "CASE WHEN abs(" + number + ") < " + literal(form.cell() * Near.MOST_CELLS) + " THEN concat('c', "
                + text("CAST(floor(" + number + " / " + literal(form.cell()) + ") AS SIGNED)") + ") ELSE "
                + of(form.exact(), type, value) + " END";
    }

    /** With an exponent it is a double, without one a decimal. */
    private static String literal(double number) {
        String digits = Double.toString(number);
        return digits.contains("E") ? digits : digits + "e0";
    }
}
