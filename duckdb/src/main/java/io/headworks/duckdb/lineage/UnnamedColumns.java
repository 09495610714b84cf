package io.headworks.duckdb.lineage;

import io.headworks.duckdb.inspect.Json;
import io.headworks.duckdb.inspect.Node;
import io.headworks.duckdb.inspect.ParsedSql;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Expressions of select lists without a name, which the engine calls by their own text. */
final class UnnamedColumns {
    private static final String SELECT = "SELECT ";

    private final List<Node> expressions = new ArrayList<>();

    UnnamedColumns(List<ParsedSql> parsed) {
        for (ParsedSql each : parsed) {
            if (each.statement() != null) {
                gather(each.statement().members());
            }
        }
    }

    private void gather(@Nullable Object value) {
        if (value instanceof List<?> list) {
            list.forEach(this::gather);
        } else if (value instanceof Map<?, ?> map) {
            Node node = new Node(map);
            if (node.text("type").equals("SELECT_NODE")) {
                Expressions.nodes(node.list("select_list")).forEach(this::add);
            } else if (node.text("type").equals("PIVOT")) {
                Expressions.nodes(node.list("aggregates")).forEach(this::add);
            }
            map.values().forEach(this::gather);
        }
    }

    private void add(Node expression) {
        String kind = expression.text("class");
        if (expression.text("alias").isEmpty() && !kind.equals("COLUMN_REF") && !kind.equals("STAR")) {
            expressions.add(expression);
        }
    }

    /** Asks the engine for all of them at once. */
    ColumnNames named(SqlRunner sql) {
        ColumnNames names = new ColumnNames();
        if (expressions.isEmpty()) {
            return names;
        }
        String template = sql.query("SELECT CAST(json_serialize_sql('SELECT 1') AS VARCHAR)", row -> row.getString(1))
                .get(0);
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < expressions.size(); i++) {
            values.append(i == 0 ? "(" : ", (")
                    .append(i)
                    .append(", ")
                    .append(DuckSql.text(statement(template, expressions.get(i))))
                    .append(')');
        }
        List<String> texts = sql.query(
                "SELECT json_deserialize_sql(CAST(t AS JSON)) FROM (VALUES " + values + ") AS v(i, t) ORDER BY i",
                row -> row.getString(1));
        for (int i = 0; i < texts.size(); i++) {
            names.put(expressions.get(i), texts.get(i).substring(SELECT.length()));
        }
        return names;
    }

    @SuppressWarnings("unchecked")
    private static String statement(String template, Node expression) {
        Map<String, @Nullable Object> root =
                (Map<String, @Nullable Object>) Objects.requireNonNull(Json.readToWrite(template));
        Map<String, @Nullable Object> statement =
                (Map<String, @Nullable Object>) list(root.get("statements")).get(0);
        Map<String, @Nullable Object> query =
                (Map<String, @Nullable Object>) Objects.requireNonNull(statement.get("node"));
        query.put("select_list", List.of(new LinkedHashMap<>(expression.members())));
        return JsonText.of(root);
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }
}
