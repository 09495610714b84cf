package io.headworks.duckdb.compile;

import io.headworks.duckdb.sql.DuckSql;

/** Texts of {@code _hw_reason} as SQL: code, rule and sentence with tabs between. */
final class Reason {
    private static final int LONGEST_VALUE = 80;

    private Reason() {}

    /**
     * @param code stable, kebab-case
     * @param rule the operation and its column, {@code cast(amount)}
     * @param sentence an SQL expression that gives text and is never NULL
     */
    static String of(String code, String rule, String sentence) {
        return "concat(" + DuckSql.text(code + "\t" + rule.replace('\t', ' ') + "\t") + ", " + sentence + ")";
    }

    static String rule(String operation, String column) {
        return operation + "(" + column + ")";
    }

    /** A value as it is shown in a sentence: quoted, on one line, cut at 80 characters. */
    static String shown(String expression) {
        return "coalesce(" + shownOrNull(expression) + ", 'NULL')";
    }

    static String shownOrNull(String expression) {
        String text = "CAST(" + expression + " AS VARCHAR)";
        String line = "translate(left(" + text + ", " + LONGEST_VALUE + "), chr(9) || chr(10) || chr(13), '   ')";
        return "('''' || " + line + " || CASE WHEN length(" + text + ") > " + LONGEST_VALUE
                + " THEN '…' ELSE '' END || '''')";
    }

    static String sentence(String before, String valueExpression, String after) {
        return DuckSql.text(before) + ", " + shown(valueExpression) + ", " + DuckSql.text(after);
    }
}
