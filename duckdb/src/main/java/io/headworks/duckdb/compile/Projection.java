package io.headworks.duckdb.compile;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A SELECT that keeps every row: all columns of the input, under the alias {@code i}, some replaced, some added. Hidden
 * columns travel along in the star. Assertions are conditions that raise an error or are true: they stand in WHERE,
 * because the engine drops columns that nobody reads, and an error in one of them with it.
 */
final class Projection {
    private final Shape input;
    private final Map<String, String> replaced = new LinkedHashMap<>();
    private final Map<String, String> added = new LinkedHashMap<>();
    private final List<Field> fields = new ArrayList<>();
    private final List<String> joins = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private String from;
    private List<String> helpers = List.of();

    /** A reason for a row: SQL of when it holds, and of its text. */
    record Rejection(String when, String reason) {}

    Projection(Shape input) {
        this.input = input;
        this.from = input.from();
    }

    /** Reads a CTE that has the input's columns and some helpers, which end here. */
    Projection from(String cte, List<String> itsHelpers) {
        from = cte;
        helpers = itsHelpers;
        return this;
    }

    /** Gives a column another value and type, or adds it. */
    Projection set(String column, String expression, DataType type, boolean nullable) {
        (input.schema().has(column) ? replaced : added).put(column, expression);
        fields.add(new Field(column, type, nullable));
        return this;
    }

    Projection join(String join) {
        joins.add(join);
        return this;
    }

    Projection require(String condition) {
        conditions.add(condition);
        return this;
    }

    /** The first rejection of a row that holds is its reason, unless it has one already. */
    Projection reject(Rejection rejection) {
        rejections.add(rejection);
        return this;
    }

    Step step() {
        addReason();
        String select = "SELECT i.*" + (helpers.isEmpty() ? "" : " EXCLUDE (" + DuckSql.names(helpers) + ")")
                + replacements() + additions()
                + "\nFROM " + DuckSql.name(from) + " AS i"
                + joins.stream().map(join -> "\n" + join).collect(Collectors.joining())
                + (conditions.isEmpty() ? "" : "\nWHERE " + String.join("\n  AND ", conditions));
        return new Step(select, input.with(fields), rejections.isEmpty() ? input.hidden() : input.hiddenWithReason());
    }

    private void addReason() {
        if (rejections.isEmpty()) {
            return;
        }
        String reason = rejections.stream()
                .map(rejection -> "\n    WHEN " + rejection.when() + " THEN " + rejection.reason())
                .collect(Collectors.joining("", "CASE", " END"));
        if (input.carriesReason()) {
            replaced.put(
                    HiddenColumns.REASON, "coalesce(i." + DuckSql.name(HiddenColumns.REASON) + ", " + reason + ")");
        } else {
            added.put(HiddenColumns.REASON, reason);
        }
    }

    private String replacements() {
        return replaced.isEmpty()
                ? ""
                : replaced.entrySet().stream()
                        .map(Projection::aliased)
                        .collect(Collectors.joining(",\n  ", " REPLACE (\n  ", ")"));
    }

    private String additions() {
        return added.entrySet().stream().map(each -> ",\n  " + aliased(each)).collect(Collectors.joining());
    }

    private static String aliased(Map.Entry<String, String> column) {
        return column.getValue() + " AS " + DuckSql.name(column.getKey());
    }
}
