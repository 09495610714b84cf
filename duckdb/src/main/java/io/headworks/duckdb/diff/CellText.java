package io.headworks.duckdb.diff;

import io.headworks.api.diff.CanonicalForm;
import io.headworks.api.diff.CanonicalForm.Near;
import io.headworks.api.diff.HashedColumn;
import io.headworks.api.diff.Tolerance;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.duckdb.sql.DuckSql;

/** A value's canonical text as DuckDB's SQL; NULL for NULL. */
final class CellText {

    private CellText() {}

    static String of(HashedColumn column) {
        return of(column.form(), column.type(), DuckSql.name(column.name()));
    }

    /** The same to be read by people, and exact: numbers without cells, doubles in digits. */
    static String shown(HashedColumn column) {
        String value = DuckSql.name(column.name());
        CanonicalForm form = column.form() instanceof Near near ? near.exact() : column.form();
        if (form instanceof CanonicalForm.Floating) {
            String number = floating(column.type(), value);
            return "CASE WHEN " + number + " = 0 THEN '0.0' ELSE " + text(number) + " END";
        }
        return of(form, column.type(), value);
    }

    private static String of(CanonicalForm form, DataType type, String value) {
        if (form instanceof CanonicalForm.Whole) {
            return text(type == Simple.BOOLEAN ? "CAST(" + value + " AS TINYINT)" : value);
        } else if (form instanceof CanonicalForm.Fixed fixed) {
            return fixed(fixed, type, value);
        } else if (form instanceof CanonicalForm.Floating) {
            return bits(floating(type, value));
        } else if (form instanceof CanonicalForm.Characters characters) {
            return characters(characters.trimmed(), text(value));
        } else if (form instanceof CanonicalForm.Folded folded) {
            return characters(folded.trimmed(), "lower(" + text(value) + ")");
        } else if (form instanceof CanonicalForm.Uuid) {
            return "lower(" + text(value) + ")";
        } else if (form instanceof CanonicalForm.Bytes) {
            return "('x' || lower(hex(" + value + ")))";
        } else if (form instanceof CanonicalForm.Document) {
            String json = text(value);
            return "CASE WHEN json_valid(" + json + ") THEN " + text("json(" + json + ")") + " ELSE " + json + " END";
        } else if (form instanceof CanonicalForm.Printed) {
            return printed(type, value);
        } else if (form instanceof Near near) {
            return near(near, type, value);
        }
        return ClockTexts.of(form, type, value);
    }

    /** A column's collation would go along into tables and decide what is equal there. */
    private static String characters(boolean trimmed, String text) {
        return "(" + (trimmed ? "rtrim(" + text + ", ' ')" : text) + " COLLATE \"binary\")";
    }

    static String text(String value) {
        return "CAST(" + value + " AS VARCHAR)";
    }

    /** The type's own digits and the zeros that are missing: no wider decimal is needed. */
    private static String fixed(CanonicalForm.Fixed form, DataType type, String value) {
        int own = type instanceof DataType.Decimal decimal ? decimal.scale() : 0;
        String zeros = (own == 0 && form.scale() > 0 ? "." : "") + "0".repeat(form.scale() - own);
        String digits = text(type == Simple.BOOLEAN ? "CAST(" + value + " AS TINYINT)" : value);
        if (type instanceof DataType.Decimal decimal && decimal.precision() == own) {
            // DuckDB writes no zero before the point where the type has no place for one
            digits = "regexp_replace(" + digits + ", '^(-?)\\.', '\\10.')";
        }
        return zeros.isEmpty() ? digits : "(" + digits + " || '" + zeros + "')";
    }

    /** An exact number by way of its text, which is rounded once. */
    private static String floating(DataType type, String value) {
        boolean isFloat = type == Simple.DOUBLE || type == Simple.FLOAT;
        return "CAST(" + (isFloat ? value : text(value)) + " AS DOUBLE)";
    }

    private static String bits(String number) {
        return "CASE WHEN isnan(" + number + ") THEN 'nan' WHEN " + number + " = 0 THEN '0' ELSE "
                + text("CAST(CAST(" + number + " AS BIT) AS BIGINT)") + " END";
    }

    private static String printed(DataType type, String value) {
        boolean nested =
                type instanceof DataType.ListOf || type instanceof DataType.Struct || type instanceof DataType.MapOf;
        return text(nested ? "to_json(" + value + ")" : value);
    }

    private static String near(Near form, DataType type, String value) {
        String number = form.isTime() ? ClockTexts.seconds(type, value) : floating(type, value);
        String limit = literal(form.cell() * Near.MOST_CELLS);
        return "CASE WHEN abs(" + number + ") < " + limit + " THEN 'c' || "
                + text("CAST(floor(" + number + " / " + literal(form.cell()) + ") AS BIGINT)") + " ELSE "
                + of(form.exact(), type, value) + " END";
    }

    private static String literal(double number) {
        return "CAST('" + number + "' AS DOUBLE)";
    }

    /** A number that the distance of two values can be taken of, of the type {@link #measure} on both sides. */
    static String measured(HashedColumn column, Near form, Tolerance tolerance) {
        String value = DuckSql.name(column.name());
        if (form.isTime()) {
            return ClockTexts.microseconds(column.type(), value);
        } else if (form.exact() instanceof CanonicalForm.Floating) {
            return floating(column.type(), value);
        }
        return "CAST(" + value + " AS " + measure(form, tolerance) + ")";
    }

    /** Whole and exact numbers are measured as decimals, wide enough for the tolerance too. */
    static String measure(Near form, Tolerance tolerance) {
        if (form.isTime() || form.exact() instanceof CanonicalForm.Floating) {
            return "DOUBLE";
        }
        int scale = form.exact() instanceof CanonicalForm.Fixed fixed ? fixed.scale() : 0;
        return "DECIMAL(38, " + Math.max(scale, tolerance.distance().scale()) + ")";
    }
}
