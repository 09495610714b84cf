package io.headworks.duckdb.compile;

import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A row as a JSON object that gives every value back: whatever a reader of JSON would bend (decimals, integers beyond
 * 2^53, NaN, JSON inside) is written as text.
 */
final class JsonRow {
    private static final String SAFE = "9007199254740991";

    private JsonRow() {}

    /** SQL of the object as text; members in the order of the schema. */
    static String of(String row, Schema schema) {
        return "CAST(" + object(schema.fields(), field -> json(row + "." + DuckSql.name(field.name()), field.type(), 0))
                + " AS VARCHAR)";
    }

    private static String object(List<Field> fields, java.util.function.Function<Field, String> value) {
        return fields.stream()
                .map(field -> DuckSql.text(field.name()) + ", " + value.apply(field))
                .collect(Collectors.joining(", ", "json_object(", ")"));
    }

    private static String json(String value, DataType type, int depth) {
        return switch (TypeFamily.of(type)) {
            case BOOLEAN -> "to_json(" + value + ")";
            case INTEGER ->
                "CASE WHEN " + value + " BETWEEN -" + SAFE + " AND " + SAFE + " THEN to_json(" + value + ") ELSE "
                        + text(value) + " END";
            case FLOATING ->
                "CASE WHEN isfinite(" + value + ") THEN to_json(" + value + ") ELSE " + text(value) + " END";
            case NESTED -> nested(value, type, depth);
            default -> text(value);
        };
    }

    private static String text(String value) {
        return "to_json(CAST(" + value + " AS VARCHAR))";
    }

    private static String nested(String value, DataType type, int depth) {
        String element = "e" + depth;
        if (type instanceof DataType.ListOf list) {
            return "to_json(list_transform(" + value + ", lambda " + element + ": "
                    + json(element, list.element(), depth + 1) + "))";
        } else if (type instanceof DataType.Struct struct) {
            String members = object(
                    struct.fields(),
                    field -> json(
                            "struct_extract(" + value + ", " + DuckSql.text(field.name()) + ")", field.type(), depth));
            return "CASE WHEN " + value + " IS NOT NULL THEN " + members + " END";
        }
        DataType.MapOf map = (DataType.MapOf) type;
        return "to_json(list_transform(map_entries(" + value + "), lambda " + element + ": json_array("
                + json(element + ".key", map.key(), depth + 1) + ", " + json(element + ".value", map.value(), depth + 1)
                + ")))";
    }
}
