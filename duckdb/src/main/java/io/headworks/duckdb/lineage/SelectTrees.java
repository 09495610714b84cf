package io.headworks.duckdb.lineage;

import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.api.lineage.SelectTree;
import io.headworks.duckdb.inspect.Node;
import io.headworks.duckdb.inspect.ParsedSql;
import io.headworks.duckdb.inspect.SqlParser;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.List;

/** Reads texts through the engine's parser, and asks it what it calls columns without a name. */
public final class SelectTrees {

    private SelectTrees() {}

    /** One tree per text, in order. */
    public static List<SelectTree> of(SqlRunner sql, List<Text> texts) {
        List<ParsedSql> parsed = SqlParser.parse(sql, texts);
        ColumnNames names = new UnnamedColumns(parsed).named(sql);
        List<SelectTree> trees = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Node statement = parsed.get(i).statement();
            Text text = texts.get(i);
            trees.add(
                    statement == null
                            ? new UnreadSelect(
                                    text.sql(), String.valueOf(parsed.get(i).error()))
                            : new ReadSelect(statement, names, text.kind() == Text.Kind.EXPRESSION));
        }
        return trees;
    }
}
