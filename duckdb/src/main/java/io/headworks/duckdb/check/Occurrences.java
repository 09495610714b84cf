package io.headworks.duckdb.check;

import io.headworks.api.check.Rule;
import io.headworks.api.engine.Relation;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How often each key occurs here and in another dataset; rows with a NULL in the key are left out. */
record Occurrences(List<String> columns, Rows rows, Relation other, List<String> otherColumns) {

    static Occurrences of(Rule.Cardinality rule, Rows rows, Datasets datasets) {
        Rule.References same = new Rule.References(rule.columns(), rule.to(), rule.toColumns());
        Relation other = Reference.of(same, rows.relation().schema(), datasets).target();
        return new Occurrences(rule.columns(), rows, other, rule.toColumns());
    }

    /** Keys that do not occur equally often. */
    String count() {
        return "SELECT count(*)" + differing();
    }

    /** They, with how often they occur. */
    String samples() {
        String key = IntStream.range(0, columns.size())
                .mapToObj(i -> DuckSql.text(columns.get(i)) + ", CAST(coalesce(_hw_here.k" + i + ", _hw_there.k" + i
                        + ") AS VARCHAR)")
                .collect(Collectors.joining(", "));
        return "SELECT CAST(json_object(" + key + ", 'here', coalesce(_hw_here.n, 0), 'there',"
                + " coalesce(_hw_there.n, 0)) AS VARCHAR)" + differing() + " ORDER BY 1";
    }

    private String differing() {
        String same = IntStream.range(0, columns.size())
                .mapToObj(i -> "_hw_here.k" + i + " = _hw_there.k" + i)
                .collect(Collectors.joining(" AND "));
        return " FROM " + counted(columns, rows) + " AS _hw_here FULL JOIN "
                + counted(otherColumns, new Rows(other, null)) + " AS _hw_there ON " + same
                + " WHERE _hw_here.n IS DISTINCT FROM _hw_there.n";
    }

    private static String counted(List<String> keys, Rows rows) {
        String named = IntStream.range(0, keys.size())
                .mapToObj(i -> DuckSql.name(keys.get(i)) + " AS k" + i)
                .collect(Collectors.joining(", "));
        return "(SELECT " + named + ", count(*) AS n FROM " + rows.and(AcrossRows.present(keys)) + " GROUP BY "
                + DuckSql.names(keys) + ")";
    }
}
