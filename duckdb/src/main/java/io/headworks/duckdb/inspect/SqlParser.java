package io.headworks.duckdb.inspect;

import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.api.failure.HeadworksException;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.List;

/** Has the engine parse many texts in one query. */
public final class SqlParser {
    private static final int AT_ONCE = 2_000;
    /** What a text says depends on nothing but itself. */
    private static final KeptTrees KEPT = new KeptTrees(Runtime.getRuntime().maxMemory() / 1_000);

    private SqlParser() {}

    /** One answer per text, in order. */
    public static List<ParsedSql> parse(SqlRunner sql, List<Text> texts) {
        // files end with a line break, and what is taken from them often does not
        List<Text> bare = texts.stream()
                .map(text -> new Text(text.sql().stripTrailing(), text.kind()))
                .toList();
        return KEPT.of(bare, unknown -> parsed(sql, unknown));
    }

    private static List<ParsedSql> parsed(SqlRunner sql, List<Text> texts) {
        List<ParsedSql> parsed = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += AT_ONCE) {
            parsed.addAll(together(sql, texts.subList(from, Math.min(texts.size(), from + AT_ONCE))));
        }
        return parsed;
    }

    private static List<ParsedSql> together(SqlRunner sql, List<Text> texts) {
        List<String> readable = texts.stream()
                .map(text -> ParsedSql.toParse(text.sql(), text.kind()))
                .toList();
        try {
            List<String> trees = serialise(sql, readable);
            List<ParsedSql> parsed = new ArrayList<>(texts.size());
            for (int i = 0; i < texts.size(); i++) {
                parsed.add(
                        ParsedSql.of(trees.get(i), readable.get(i), texts.get(i).kind()));
            }
            return parsed;
        } catch (HeadworksException unreadable) {
            if (texts.size() == 1) {
                return List.of(new ParsedSql(null, unreadable.getMessage(), -1));
            }
            int half = texts.size() / 2;
            List<ParsedSql> parsed = new ArrayList<>(together(sql, texts.subList(0, half)));
            parsed.addAll(together(sql, texts.subList(half, texts.size())));
            return parsed;
        }
    }

    private static List<String> serialise(SqlRunner sql, List<String> readable) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < readable.size(); i++) {
            values.append(i == 0 ? "(" : ", (")
                    .append(i)
                    .append(", ")
                    .append(DuckSql.text(readable.get(i)))
                    .append(')');
        }
        return sql.query(
                "SELECT CAST(json_serialize_sql(t) AS VARCHAR) FROM (VALUES " + values + ") AS v(i, t) ORDER BY i",
                row -> row.getString(1));
    }
}
