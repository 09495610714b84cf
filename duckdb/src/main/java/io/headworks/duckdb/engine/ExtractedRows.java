package io.headworks.duckdb.engine;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.source.KeyRange;
import io.headworks.duckdb.scan.KeyCondition;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;

/** What is asked of extracted rows before the stages: a range of keys, and which rows are deletions. */
final class ExtractedRows {

    private ExtractedRows() {}

    static Relation within(Relation rows, KeyRange range) {
        return new Relation(
                "SELECT " + DuckSql.names(Relations.columns(rows)) + " FROM " + Relations.from(rows) + " WHERE "
                        + KeyCondition.of(range),
                rows.schema(),
                rows.hidden());
    }

    static Relation markDeletes(Relation rows, String condition) {
        List<String> hidden = new ArrayList<>(rows.hidden());
        hidden.add(HiddenColumns.OP);
        return new Relation(
                "SELECT " + DuckSql.names(Relations.columns(rows)) + ", CASE WHEN (" + condition
                        + "\n) THEN 'delete' ELSE 'upsert' END AS " + DuckSql.name(HiddenColumns.OP) + " FROM "
                        + Relations.from(rows),
                rows.schema(),
                hidden);
    }
}
