package io.headworks.duckdb.engine;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.RejectColumns;
import io.headworks.api.engine.Relation;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import java.util.stream.Collectors;

/** A relation with REASON, split into the rows to go on and the rows rejected. */
final class Marked {
    private static final String REASON = DuckSql.name(HiddenColumns.REASON);
    private static final String SEQ = DuckSql.name(HiddenColumns.SEQ);
    private static final String SOURCE = DuckSql.name(HiddenColumns.SOURCE);

    private Marked() {}

    static Relation accepted(Relation marked) {
        if (!marked.carries(HiddenColumns.REASON)) {
            return marked;
        }
        List<String> hidden = marked.hidden().stream()
                .filter(name -> !name.equals(HiddenColumns.REASON))
                .toList();
        Relation without = new Relation(marked.sql(), marked.schema(), hidden);
        String sql = "SELECT " + DuckSql.names(Relations.columns(without)) + " FROM " + Relations.from(marked)
                + " WHERE " + REASON + " IS NULL";
        return new Relation(sql, marked.schema(), hidden);
    }

    /**
     * One row for each marked row. The payload is the extracted row; where the marked rows no longer say which that was,
     * the raw text shows the row as it was when it was rejected.
     */
    static Relation rejected(Relation marked, String stage, Relation origin) {
        boolean traced = marked.carries(HiddenColumns.SEQ) && origin.carries(HiddenColumns.SEQ);
        if (!marked.carries(HiddenColumns.REASON)) {
            return Relations.empty(RejectColumns.SCHEMA);
        }
        String reason = "m." + REASON;
        String source = traced && origin.carries(HiddenColumns.SOURCE)
                ? "o." + SOURCE
                : marked.carries(HiddenColumns.SOURCE) ? "m." + SOURCE : "CAST(NULL AS VARCHAR)";
        String sql = "SELECT " + DuckSql.text(stage) + " AS stage"
                + ", split_part(" + reason + ", chr(9), 1) AS code"
                + ", nullif(split_part(" + reason + ", chr(9), 2), '') AS \"rule\""
                + ", array_to_string(string_split(" + reason + ", chr(9))[3:], chr(9)) AS reason"
                + ", regexp_replace(" + source + ", ':[0-9]+$', '') AS source"
                + ", TRY_CAST(regexp_extract(" + source + ", ':([0-9]+)$', 1) AS BIGINT) AS line"
                + ", CAST(NULL AS BIGINT) AS byte_offset, CAST(NULL AS VARCHAR) AS column_name"
                + ", " + (traced ? json("o", origin) : "CAST(NULL AS VARCHAR)") + " AS payload"
                + ", " + (traced ? "CAST(NULL AS VARCHAR)" : json("m", marked)) + " AS raw"
                + " FROM (" + marked.sql() + ") AS m"
                + (traced ? " LEFT JOIN (" + origin.sql() + ") AS o ON o." + SEQ + " = m." + SEQ : "")
                + " WHERE " + reason + " IS NOT NULL";
        return new Relation(sql, RejectColumns.SCHEMA, List.of());
    }

    private static String json(String alias, Relation relation) {
        return relation.schema().names().stream()
                .map(name -> DuckSql.text(name) + ", " + alias + "." + DuckSql.name(name))
                .collect(Collectors.joining(", ", "CAST(json_object(", ") AS VARCHAR)"));
    }
}
