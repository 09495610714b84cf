package io.headworks.duckdb.compile;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.RejectColumns;
import io.headworks.api.engine.Relation;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;

/** Marked rows, split into those that go on and those that become dead letters. */
final class RejectSplit {
    private static final String REASON = DuckSql.name(HiddenColumns.REASON);
    private static final String SEQ = DuckSql.name(HiddenColumns.SEQ);
    private static final String SOURCE = DuckSql.name(HiddenColumns.SOURCE);

    private RejectSplit() {}

    static Relation accepted(Relation marked) {
        if (!marked.carries(HiddenColumns.REASON)) {
            return marked;
        }
        List<String> hidden = marked.hidden().stream()
                .filter(name -> !name.equals(HiddenColumns.REASON))
                .toList();
        String sql =
                "SELECT * EXCLUDE (" + REASON + ")\nFROM (\n" + marked.sql() + "\n) AS m\nWHERE " + REASON + " IS NULL";
        return new Relation(sql, marked.schema(), hidden);
    }

    static Relation rejected(Relation marked, String stage, Relation origin) {
        if (!marked.carries(HiddenColumns.REASON)) {
            return nothing();
        }
        boolean traced = marked.carries(HiddenColumns.SEQ) && origin.carries(HiddenColumns.SEQ);
        Relation shown = traced ? origin : marked;
        String row = traced ? "o" : "m";
        String source = shown.carries(HiddenColumns.SOURCE) ? row + "." + SOURCE : "CAST(NULL AS VARCHAR)";
        String payload = JsonRow.of(row, shown.schema());
        String sql = "SELECT " + DuckSql.text(stage) + " AS stage"
                + ",\n  split_part(m." + REASON + ", chr(9), 1) AS code"
                + ",\n  nullif(split_part(m." + REASON + ", chr(9), 2), '') AS \"rule\""
                + ",\n  array_to_string(string_split(m." + REASON + ", chr(9))[3:], ' ') AS reason"
                + ",\n  regexp_replace(" + source + ", ':[0-9]+$', '') AS source"
                + ",\n  TRY_CAST(nullif(regexp_extract(" + source + ", ':([0-9]+)$', 1), '') AS BIGINT) AS line"
                + ",\n  CAST(NULL AS BIGINT) AS byte_offset"
                + ",\n  nullif(regexp_extract(split_part(m." + REASON
                + ", chr(9), 2), '^[a-z_]+\\((.*)\\)$', 1, 's'), '') AS column_name"
                + ",\n  " + payload + " AS payload"
                + ",\n  CAST(NULL AS VARCHAR) AS raw"
                + "\nFROM (\n" + marked.sql() + "\n) AS m"
                + (traced ? "\nLEFT JOIN (\n" + origin.sql() + "\n) AS o ON o." + SEQ + " = m." + SEQ : "")
                + "\nWHERE m." + REASON + " IS NOT NULL";
        return new Relation(sql, RejectColumns.SCHEMA, List.of());
    }

    private static Relation nothing() {
        return new Relation(Expressions.emptyTable(RejectColumns.SCHEMA), RejectColumns.SCHEMA, List.of());
    }
}
