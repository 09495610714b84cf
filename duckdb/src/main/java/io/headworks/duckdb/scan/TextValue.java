package io.headworks.duckdb.scan;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.duckdb.compile.ExactCast;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text from a file as a value of a type, exactly or not at all. The engine's casts round digits away, drop zones and
 * take {@code 1_000} for a number, so each result is proved: cheaply where the text is as the engine itself would write
 * the value, by the rules of {@link ExactCast} elsewhere. The proof stands apart from the value, so that a value that is
 * right costs no copy.
 *
 * @param parsed SQL over the text, computed once for each row; null when not needed
 * @param proof SQL over text and parsed: true where the parsed value is proved at little cost; null for none
 * @param value SQL over text and parsed; means something only where the text fits
 * @param fits SQL over the text, by the careful way
 * @param nulls texts that mean NULL also where they are quoted, as a SQL list; empty for none
 */
record TextValue(
        String text, @Nullable String parsed, @Nullable String proof, String value, String fits, String nulls) {
    private static final String ALWAYS = "true";

    /** Spellings of NULL that no type reads as a value. */
    private static final Set<String> NO_VALUES =
            Set.of("", "NULL", "null", "Null", "NA", "N/A", "n/a", "\\N", "None", "none", "-");

    /**
     * @param column for messages
     * @param text name of the column with the text
     * @param parsedName name under which {@link #parsed} will be known
     * @param dialect null where the text is no field of a file
     */
    static TextValue of(String column, DataType type, String text, String parsedName, @Nullable CsvDialect dialect) {
        List<String> nulls = dialect == null || type.isText() ? List.of() : dialect.nulls();
        String format = format(type, dialect);
        if (format != null) {
            return careful(text, formatted(column, type, text, format), nulls);
        }
        String what = "read column " + column;
        if (dialect != null && dialect.decimal().equals(",") && hasPoint(type)) {
            ExactCast cast = ExactCast.of(what, "replace(" + text + ", ',', '.')", DataType.TEXT, type, false);
            return careful(
                    text,
                    new ExactCast(cast.value(), "NOT contains(" + text + ", '.') AND (" + cast.fits() + ")"),
                    nulls);
        }
        ExactCast cast = ExactCast.of(what, text, DataType.TEXT, type, false);
        String proof = proof(type, text, parsedName);
        if (proof == null) {
            return careful(text, cast, nulls);
        }
        String typed = "TRY_CAST(" + text + " AS " + DuckTypes.spelling(type) + ")";
        if (isMicros(type)) {
            String written = "CAST(" + typed + " AS VARCHAR) = replace(" + text + ", 'T', ' ')";
            return new TextValue(
                    text,
                    "try_strptime(" + text + ", '%Y-%m-%d %H:%M:%S')",
                    proof + " OR " + written,
                    unlessNull(text, "coalesce(" + parsedName + ", " + typed + ")", nulls),
                    cast.fits(),
                    DuckSql.texts(nulls));
        }
        return new TextValue(
                text, typed, proof, unlessNull(text, parsedName, nulls), cast.fits(), DuckSql.texts(nulls));
    }

    /** A text that is known to convert exactly. */
    static TextValue plain(DataType type, String text, CsvDialect dialect) {
        String value = "CAST(" + text + " AS " + DuckTypes.spelling(type) + ")";
        return new TextValue(
                text, null, null, unlessNull(text, value, dialect.nulls()), ALWAYS, DuckSql.texts(dialect.nulls()));
    }

    private static TextValue careful(String text, ExactCast cast, List<String> nulls) {
        return new TextValue(
                text, null, null, unlessNull(text, cast.value(), nulls), cast.fits(), DuckSql.texts(nulls));
    }

    private static String unlessNull(String text, String value, List<String> nulls) {
        return NO_VALUES.containsAll(nulls)
                ? value
                : "CASE WHEN " + text + " IN (" + DuckSql.texts(nulls) + ") THEN NULL ELSE " + value + " END";
    }

    private static boolean isMicros(DataType type) {
        return type instanceof DataType.Timestamp timestamp && !timestamp.zoned() && timestamp.digits() == 6;
    }

    private static boolean hasPoint(DataType type) {
        return type instanceof DataType.Decimal || type == Simple.FLOAT || type == Simple.DOUBLE;
    }

    private static @Nullable String proof(DataType type, String text, String parsed) {
        String written = "CAST(" + parsed + " AS VARCHAR)";
        if (type.isInteger()) {
            return written + " = " + text;
        } else if (type instanceof DataType.Decimal) {
            return "starts_with(" + written + ", " + text + ")";
        } else if (type == Simple.DOUBLE || type == Simple.FLOAT) {
            String bound = type == Simple.DOUBLE ? "9007199254740992" : "16777216";
            return "isfinite(" + parsed + ") AND " + parsed + " <> 0 AND abs(" + parsed + ") < " + bound
                    + " AND NOT contains(" + text + ", '_')";
        } else if (type == Simple.DATE) {
            return parsed + " BETWEEN DATE '1000-01-01' AND DATE '9999-12-31' AND strlen(" + text
                    + ") BETWEEN 8 AND 10";
        } else if (isMicros(type)) {
            return parsed + " BETWEEN TIMESTAMP '1000-01-01' AND TIMESTAMP '9999-12-31 23:59:59'";
        } else if (type instanceof DataType.Timestamp timestamp && !timestamp.zoned() && timestamp.digits() > 6) {
            return written + " = " + text;
        }
        return null;
    }

    private static @Nullable String format(DataType type, @Nullable CsvDialect dialect) {
        if (dialect == null) {
            return null;
        }
        return type == Simple.DATE
                ? dialect.dateFormat()
                : type instanceof DataType.Timestamp ? dialect.timestampFormat() : null;
    }

    private static ExactCast formatted(String column, DataType type, String text, String format) {
        boolean zoneInFormat = format.contains("%z") || format.contains("%Z");
        boolean zoned = type instanceof DataType.Timestamp timestamp && timestamp.zoned();
        if (zoned != zoneInFormat) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read column " + column + " as " + type + " by format '" + format + "': "
                            + (zoned ? "it has no zone (%z)" : "the zone would be lost"));
        }
        String parsed = "try_strptime(" + text + ", " + DuckSql.text(format) + ")";
        String value = "CAST(" + parsed + " AS " + DuckTypes.spelling(type) + ")";
        String whole = type == Simple.DATE ? " AND CAST(" + value + " AS TIMESTAMP) = " + parsed : "";
        return new ExactCast(value, parsed + " IS NOT NULL" + whole);
    }

    /** True when every text fits. */
    boolean always() {
        return fits.equals(ALWAYS);
    }

    /** A condition that is true for nearly every text that fits, and for no other; cheap where there is a proof. */
    String quick() {
        return "(" + (proof == null ? isNull() + " OR (" + fits + ")" : proof + " OR " + text + " IS NULL") + ")";
    }

    /** True for a text that is there and does not fit. */
    String misfit() {
        return "CASE" + (proof == null ? "" : " WHEN " + proof + " THEN false") + " WHEN " + isNull()
                + " THEN false WHEN " + fits + " THEN false ELSE true END";
    }

    private String isNull() {
        return text + " IS NULL" + (nulls.isEmpty() ? "" : " OR " + text + " IN (" + nulls + ")");
    }
}
