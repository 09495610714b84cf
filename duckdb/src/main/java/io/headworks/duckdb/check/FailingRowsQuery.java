package io.headworks.duckdb.check;

import io.headworks.api.check.Rule;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user's SELECT of failing rows, with the relation that is checked in the place of {@code {{ table }}}. */
final class FailingRowsQuery {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([\\w.]+)\\s*}}");

    private FailingRowsQuery() {}

    static String select(Rule.RowSql rule, CheckScope scope, Rows rows, Datasets datasets) {
        return select(rule, scope, rows, datasets, scope.relation().schema().names());
    }

    /** With the number of each row in the batch among the relation's columns. */
    static String numbered(Rule.RowSql rule, CheckScope scope, Rows rows, Datasets datasets) {
        List<String> columns = new ArrayList<>(scope.relation().schema().names());
        columns.add(HiddenColumns.SEQ);
        return select(rule, scope, rows, datasets, columns);
    }

    private static String select(
            Rule.RowSql rule, CheckScope scope, Rows rows, Datasets datasets, List<String> columns) {
        String table = "(SELECT " + DuckSql.names(columns) + " FROM " + rows.and() + ")";
        Matcher placeholder = PLACEHOLDER.matcher(rule.rows().strip().replaceAll(";+$", ""));
        StringBuilder sql = new StringBuilder();
        while (placeholder.find()) {
            String meaning = switch (placeholder.group(1)) {
                case "table" -> table;
                case "now" -> DuckSql.literal(scope.now().toString(), DataType.TIMESTAMPTZ);
                default ->
                    throw Unfit.because(
                            placeholder.group() + " means nothing in a check (allowed: {{ table }}, {{ now }})");
            };
            placeholder.appendReplacement(sql, Matcher.quoteReplacement(meaning));
        }
        return placeholder.appendTail(sql).toString();
    }
}
