package io.headworks.duckdb.compile;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Types of users' expressions, found by describing them over an empty table of the input's columns: no file is opened,
 * hidden columns cannot be seen, and one expression cannot see another.
 */
final class Expressions {
    private static final String ALIAS = "_hw_expression_";

    /** Types by name; every expression asked for has one. */
    record Types(Map<String, DataType> byName) {
        DataType of(String name) {
            return Objects.requireNonNull(byName.get(name), name);
        }
    }

    private final CompileContext context;
    private final Schema input;

    Expressions(CompileContext context, Schema input) {
        this.context = context;
        this.input = input;
    }

    /** Row expressions: columns, functions of them and windows, no aggregates. */
    Types ofRows(String operation, Map<String, String> sql) {
        return described(operation, sql, "SELECT i.*, ", "");
    }

    /** Aggregates over groups. */
    Types ofGroups(String operation, List<String> by, Map<String, String> sql) {
        String groups = by.isEmpty() ? "" : "\nGROUP BY " + DuckSql.names(by);
        return described(operation, sql, "SELECT ", groups);
    }

    private Types described(String operation, Map<String, String> sql, String select, String groups) {
        try {
            return describe(sql, select, groups);
        } catch (HeadworksException oneOfThem) {
            for (Map.Entry<String, String> each : sql.entrySet()) {
                describeAlone(operation, each, select, groups);
            }
            throw oneOfThem;
        }
    }

    private void describeAlone(String operation, Map.Entry<String, String> expression, String select, String groups) {
        try {
            describe(Map.of(expression.getKey(), expression.getValue()), select, groups);
        } catch (HeadworksException cause) {
            throw Refusal.of(
                    "Cannot " + operation + " " + expression.getKey() + ": " + firstLine(cause) + " in "
                            + expression.getValue().strip(),
                    "columns: " + input);
        }
    }

    private Types describe(Map<String, String> sql, String select, String groups) {
        List<String> names = new ArrayList<>(sql.keySet());
        List<String> items = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            items.add(sql.get(names.get(i)) + " AS " + DuckSql.name(ALIAS + i));
        }
        Schema all = context.describe(
                select + String.join(", ", items) + "\nFROM (" + emptyTable(input) + ") AS i" + groups);
        List<Field> found = all.fields().stream()
                .filter(field -> field.name().startsWith(ALIAS))
                .toList();
        if (found.size() != names.size()) {
            throw Refusal.of("Cannot use " + String.join(", ", sql.values()) + ": it does not give one column");
        }
        Map<String, DataType> types = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            types.put(names.get(i), found.get(i).type());
        }
        return new Types(types);
    }

    static String firstLine(HeadworksException cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), "");
        return message.lines().findFirst().orElse(message);
    }

    static String emptyTable(Schema schema) {
        return schema.fields().stream()
                .map(field -> "CAST(NULL AS " + DuckTypes.spelling(field.type()) + ") AS " + DuckSql.name(field.name()))
                .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
    }
}
