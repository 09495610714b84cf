package io.headworks.duckdb.scan;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.duckdb.compile.ExactCast;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import org.jspecify.annotations.Nullable;

/**
 * A text from a file as a value of a type, exactly or not at all. The engine's casts round digits away, drop zones and
 * take {@code 1_000} for a number, so each result is proved: cheaply where the text is as the engine itself would write
 * the value, by the rules of {@link ExactCast} elsewhere.
 *
 * @param parsed SQL over the text column: the engine's own cast, computed once for each row; null when not needed
 * @param proof SQL over text and parsed column: true where the parsed value is proved at little cost; null for none
 * @param second SQL of WHEN and THEN for texts that the proof does not cover and the careful way would take long for;
 *     empty for none
 * @param cast the careful way
 * @param nulls texts that mean NULL also where they are quoted
 */
record TextValue(
        DataType type,
        String text,
        @Nullable String parsed,
        @Nullable String proof,
        String second,
        ExactCast cast,
        String nulls) {
    private static final String SECONDS = "%Y-%m-%d %H:%M:%S";

    /**
     * @param text name of the column with the text, quoted
     * @param parsedName name under which {@link #parsed} will be known
     */
    static TextValue of(String column, DataType type, String text, String parsedName, @Nullable CsvDialect dialect) {
        String format = format(type, dialect);
        if (format != null) {
            return new TextValue(type, text, null, null, "", formatted(column, type, text, format), nulls(dialect));
        }
        String what = "read column " + column;
        if (dialect != null && dialect.decimal().equals(",") && hasPoint(type)) {
            ExactCast cast = ExactCast.of(what, "replace(" + text + ", ',', '.')", DataType.TEXT, type, false);
            ExactCast strict = new ExactCast(cast.value(), "NOT contains(" + text + ", '.') AND (" + cast.fits() + ")");
            return new TextValue(type, text, null, null, "", strict, nulls(dialect));
        }
        ExactCast cast = ExactCast.of(what, text, DataType.TEXT, type, false);
        String proof = proof(type, text, parsedName);
        String parsed = "TRY_CAST(" + text + " AS " + DuckTypes.spelling(type) + ")";
        String nulls = type.isText() ? "" : nulls(dialect);
        if (isMicros(type)) {
            String second = "CAST(" + parsed + " AS VARCHAR) = replace(" + text + ", 'T', ' ') THEN " + parsed;
            String strptime = "try_strptime(" + text + ", '" + SECONDS + "')";
            return new TextValue(type, text, strptime, proof, second, cast, nulls);
        }
        return new TextValue(type, text, proof == null ? null : parsed, proof, "", cast, nulls);
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
            return parsed + " BETWEEN DATE '1000-01-01' AND DATE '9999-12-31' AND " + text + " LIKE '____-__-__'";
        } else if (isMicros(type)) {
            return parsed + " BETWEEN TIMESTAMP '1000-01-01' AND TIMESTAMP '9999-12-31 23:59:59'";
        } else if (type instanceof DataType.Timestamp timestamp && !timestamp.zoned() && timestamp.digits() > 6) {
            return written + " = " + text;
        }
        return null;
    }

    private static String nulls(@Nullable CsvDialect dialect) {
        return dialect == null ? "" : DuckSql.texts(dialect.nulls());
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

    /** The value; {@code otherwise} is the SQL of what a text that does not fit becomes. */
    String value(String parsedName, String otherwise) {
        if (cast.fits().equals("true")) {
            return cast.value();
        }
        return "CASE" + (proof == null ? "" : " WHEN " + proof + " THEN " + parsedName) + second(second) + " WHEN "
                + isNull() + " THEN NULL WHEN " + cast.fits() + " THEN " + cast.value() + " ELSE " + otherwise + " END";
    }

    /** True for a text that is there and does not fit. */
    String misfit() {
        if (cast.fits().equals("true")) {
            return "false";
        }
        return "CASE" + (proof == null ? "" : " WHEN " + proof + " THEN false")
                + second(second.isEmpty() ? "" : second.substring(0, second.lastIndexOf(" THEN ")) + " THEN false")
                + " WHEN " + isNull()
                + " THEN false WHEN " + cast.fits() + " THEN false ELSE true END";
    }

    private static String second(String when) {
        return when.isEmpty() ? "" : " WHEN " + when;
    }

    private String isNull() {
        return text + " IS NULL" + (nulls.isEmpty() ? "" : " OR " + text + " IN (" + nulls + ")");
    }
}
