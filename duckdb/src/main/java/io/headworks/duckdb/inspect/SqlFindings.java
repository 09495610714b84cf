package io.headworks.duckdb.inspect;

import io.headworks.api.engine.SqlInspector.Finding;
import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.List;

/** What texts name and where they are wrong. */
public final class SqlFindings {

    private SqlFindings() {}

    /** One finding per text, in order. */
    public static List<Finding> of(SqlRunner sql, List<Text> texts) {
        return SqlParser.parse(sql, texts).stream().map(SqlFindings::finding).toList();
    }

    private static Finding finding(ParsedSql parsed) {
        Node statement = parsed.statement();
        if (statement == null) {
            return new Finding(parsed.error(), parsed.errorOffset(), List.of(), List.of(), List.of());
        }
        TreeWalk walk = TreeWalk.over(statement);
        if (!walk.refused().isEmpty()) {
            return new Finding(walk.refused().get(0) + " is not allowed here", -1, List.of(), List.of(), List.of());
        }
        List<String> tables =
                walk.tables().stream().map(TreeWalk.Table::written).distinct().toList();
        return new Finding(null, -1, tables, walk.columns(), walk.functions(), SqlReach.of(walk));
    }
}
