package io.headworks.duckdb.check;

import io.headworks.api.check.JsonShape;
import io.headworks.api.check.JsonShape.Bounds;
import io.headworks.api.check.JsonShape.Constant;
import io.headworks.api.check.JsonShape.Type;
import io.headworks.duckdb.sql.DuckSql;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The part of JSON Schema that {@link JsonShape} holds, as SQL over a JSON value. */
final class JsonCondition {
    private static final String NUMBERS = "('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE')";

    private int items;

    private JsonCondition() {}

    /** The condition of a failing row: NULL passes, what is no JSON fails. */
    static String failing(JsonShape shape, String column) {
        String json = "CAST(" + column + " AS JSON)";
        return "CASE WHEN " + column + " IS NULL THEN false WHEN NOT json_valid(" + column + ") THEN true ELSE "
                + new JsonCondition().wrong(shape, json) + " END";
    }

    private String wrong(JsonShape shape, String json) {
        List<String> wrong = new ArrayList<>();
        if (!shape.types().isEmpty()) {
            wrong.add("NOT "
                    + any(shape.types().stream().map(type -> is(type, json)).toList()));
        }
        if (!shape.values().isEmpty()) {
            wrong.add("NOT "
                    + any(shape.values().stream()
                            .map(value -> equals(value, json))
                            .toList()));
        }
        when(Type.OBJECT, json, object(shape, json), wrong);
        when(Type.STRING, json, string(shape, json), wrong);
        when(Type.NUMBER, json, bounds("TRY_CAST(" + text(json) + " AS DOUBLE)", shape.value()), wrong);
        when(Type.ARRAY, json, array(shape, json), wrong);
        return wrong.isEmpty() ? "false" : any(wrong);
    }

    private static void when(Type type, String json, List<String> conditions, List<String> wrong) {
        if (!conditions.isEmpty()) {
            wrong.add("CASE WHEN " + is(type, json) + " THEN " + any(conditions) + " ELSE false END");
        }
    }

    private List<String> object(JsonShape shape, String json) {
        List<String> wrong = new ArrayList<>();
        shape.required().forEach(name -> wrong.add("NOT " + has(json, name)));
        shape.properties().forEach((name, property) -> {
            String found = "json_extract(" + json + ", " + pointer(name) + ")";
            wrong.add("CASE WHEN " + has(json, name) + " THEN " + wrong(property, found) + " ELSE false END");
        });
        if (!shape.othersAllowed()) {
            String known = shape.properties().isEmpty()
                    ? "true"
                    : "_hw_key NOT IN (" + DuckSql.texts(shape.properties().keySet()) + ")";
            wrong.add("len(list_filter(json_keys(" + json + "), lambda _hw_key: " + known + ")) > 0");
        }
        return wrong;
    }

    private static List<String> string(JsonShape shape, String json) {
        List<String> wrong = bounds("length(" + text(json) + ")", shape.length());
        if (shape.pattern() != null) {
            wrong.add("NOT regexp_matches(" + text(json) + ", " + DuckSql.text(shape.pattern()) + ")");
        }
        return wrong;
    }

    private List<String> array(JsonShape shape, String json) {
        List<String> wrong = bounds("json_array_length(" + json + ")", shape.size());
        if (shape.items() != null) {
            String item = "_hw_item_" + ++items;
            wrong.add("len(list_filter(CAST(" + json + " AS JSON[]), lambda " + item + ": " + wrong(shape.items(), item)
                    + ")) > 0");
        }
        return wrong;
    }

    private static List<String> bounds(String value, Bounds bounds) {
        List<String> wrong = new ArrayList<>();
        bound(value, "<", bounds.min(), wrong);
        bound(value, ">", bounds.max(), wrong);
        bound(value, "<=", bounds.above(), wrong);
        bound(value, ">=", bounds.below(), wrong);
        return wrong;
    }

    private static void bound(String value, String operator, @Nullable BigDecimal bound, List<String> wrong) {
        if (bound != null) {
            wrong.add(value + " " + operator + " " + bound.toPlainString());
        }
    }

    private static String is(Type type, String json) {
        String found = "json_type(" + json + ")";
        return switch (type) {
            case STRING -> found + " = 'VARCHAR'";
            case NUMBER -> found + " IN " + NUMBERS;
            // 1.0 is an integer to JSON Schema
            case INTEGER ->
                "CASE WHEN " + found + " IN " + NUMBERS + " THEN TRY_CAST(" + text(json)
                        + " AS DOUBLE) = trunc(TRY_CAST(" + text(json) + " AS DOUBLE)) ELSE false END";
            case BOOLEAN -> found + " = 'BOOLEAN'";
            case OBJECT -> found + " = 'OBJECT'";
            case ARRAY -> found + " = 'ARRAY'";
            case NULL -> found + " = 'NULL'";
        };
    }

    private static String equals(Constant value, String json) {
        if (value.type() == Type.NULL) {
            return is(Type.NULL, json);
        } else if (value.type() == Type.INTEGER) {
            return "CASE WHEN " + is(Type.NUMBER, json) + " THEN TRY_CAST(" + text(json) + " AS DOUBLE) = "
                    + value.text() + " ELSE false END";
        }
        return "CASE WHEN " + is(value.type(), json) + " THEN " + text(json) + " = " + DuckSql.text(value.text())
                + " ELSE false END";
    }

    private static String has(String json, String name) {
        return "json_exists(" + json + ", " + pointer(name) + ")";
    }

    /** A JSON Pointer, where any name can be written. */
    private static String pointer(String name) {
        return DuckSql.text("/" + name.replace("~", "~0").replace("/", "~1"));
    }

    /** A string without its quotes, anything else as it is written. */
    private static String text(String json) {
        return "json_extract_string(" + json + ", '$')";
    }

    private static String any(List<String> conditions) {
        return conditions.stream().collect(Collectors.joining(" OR ", "(", ")"));
    }
}
