package io.headworks.duckdb.compile;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.duckdb.sql.DuckSql;

/** Conditions for WHERE and QUALIFY that are true, or fail the statement with a sentence. */
final class Assertion {

    private Assertion() {}

    /** @param sentence arguments of concat() */
    static String unless(String wrong, String sentence, Shape input) {
        String row = input.carries(HiddenColumns.SOURCE)
                ? ", coalesce(' (' || " + DuckSql.name(HiddenColumns.SOURCE) + " || ')', '')"
                : "";
        return "CASE WHEN " + wrong + " THEN error(concat(" + sentence + row + ")) ELSE true END";
    }
}
