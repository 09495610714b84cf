package io.headworks.duckdb.check;

import io.headworks.api.engine.Relation;
import io.headworks.duckdb.check.RelationFacts.Access;
import io.headworks.duckdb.check.RelationFacts.ColumnFacts;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what the engine knows of a relation without reading its rows: how it would be read, and its statistics. */
final class FactsReader {
    private static final Pattern OPERATOR = Pattern.compile("\"name\": \"([A-Z_ ]+)\"");
    private static final Pattern ESTIMATE = Pattern.compile("\"Estimated Cardinality\": \"(\\d+)\"");
    private static final Set<String> STORED =
            Set.of("SEQ_SCAN", "TABLE_SCAN", "PARQUET_SCAN", "READ_PARQUET", "PROJECTION", "FILTER", "UNION");

    private FactsReader() {}

    static RelationFacts read(SqlRunner sql, Relation relation, Collection<String> columns) {
        String plan = String.join("\n", sql.query("EXPLAIN (FORMAT json) " + relation.sql(), row -> row.getString(2)));
        Set<String> operators = OPERATOR.matcher(plan)
                .results()
                .map(match -> match.group(1).strip())
                .collect(Collectors.toSet());
        if (operators.isEmpty() || !STORED.containsAll(operators)) {
            return RelationFacts.UNKNOWN;
        }
        return new RelationFacts(Access.STORED, estimate(plan), statistics(sql, relation, columns));
    }

    private static long estimate(String plan) {
        long rows = -1;
        Matcher estimates = ESTIMATE.matcher(plan);
        while (estimates.find()) {
            rows = Math.max(rows, Long.parseLong(estimates.group(1)));
        }
        return rows;
    }

    private static Map<String, ColumnFacts> statistics(SqlRunner sql, Relation relation, Collection<String> columns) {
        List<String> known =
                columns.stream().filter(relation.schema()::has).distinct().toList();
        if (known.isEmpty()) {
            return Map.of();
        }
        List<Map<String, ColumnFacts>> rows =
                sql.query(select(known, Rows.from(relation, "_hw_rows")), row -> facts(row, known));
        return rows.isEmpty() ? Map.of() : rows.get(0);
    }

    private static String select(List<String> columns, String from) {
        return columns.stream()
                .map(name -> "stats(" + DuckSql.name(name) + ")")
                .map(stats -> "CAST(" + stats + ".approx_unique AS BIGINT), CAST(" + stats + ".min AS VARCHAR), CAST("
                        + stats + ".max AS VARCHAR)")
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + from + " LIMIT 1"));
    }

    private static Map<String, ColumnFacts> facts(ResultSet row, List<String> columns) throws SQLException {
        Map<String, ColumnFacts> facts = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            long distinct = row.getLong(3 * i + 1);
            facts.put(
                    columns.get(i),
                    new ColumnFacts(row.wasNull() ? -1 : distinct, row.getString(3 * i + 2), row.getString(3 * i + 3)));
        }
        return facts;
    }
}
