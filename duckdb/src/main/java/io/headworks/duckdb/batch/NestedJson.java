package io.headworks.duckdb.batch;

import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists, structs and maps as JSON in which every single value is a text of its {@link Leaf}: [elements], [fields in
 * order], [[key, value], …]. So no number passes through a JSON number.
 */
final class NestedJson {

    private NestedJson() {}

    /** SQL of JSON from SQL of a value. */
    static String toJson(String sql, DataType type, int depth) {
        String parameter = "e" + depth;
        if (type instanceof DataType.ListOf list) {
            return unlessNull(
                    sql,
                    "to_json(list_transform(" + sql + ", lambda " + parameter + ": "
                            + toJson(parameter, list.element(), depth + 1) + "))");
        } else if (type instanceof DataType.Struct struct) {
            List<String> fields = new ArrayList<>();
            for (Field field : struct.fields()) {
                fields.add(toJson(
                        "struct_extract(" + sql + ", " + DuckSql.text(field.name()) + ")", field.type(), depth + 1));
            }
            return unlessNull(sql, "json_array(" + String.join(", ", fields) + ")");
        } else if (type instanceof DataType.MapOf map) {
            String pair = "json_array(" + toJson(parameter + ".key", map.key(), depth + 1) + ", "
                    + toJson(parameter + ".value", map.value(), depth + 1) + ")";
            return unlessNull(
                    sql, "to_json(list_transform(map_entries(" + sql + "), lambda " + parameter + ": " + pair + "))");
        }
        return Leaf.of(type).toText().apply(sql);
    }

    /** SQL of a value from SQL of JSON. */
    static String fromJson(String json, DataType type, int depth) {
        String parameter = "e" + depth;
        String each = "list_transform(CAST(" + json + " AS JSON[]), lambda " + parameter + ": ";
        if (type instanceof DataType.ListOf list) {
            return unlessJsonNull(json, each + fromJson(parameter, list.element(), depth + 1) + ")");
        } else if (type instanceof DataType.Struct struct) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < struct.fields().size(); i++) {
                Field field = struct.fields().get(i);
                fields.add(DuckSql.name(field.name()) + " := "
                        + fromJson("(" + json + " -> " + i + ")", field.type(), depth + 1));
            }
            return unlessJsonNull(json, "struct_pack(" + String.join(", ", fields) + ")");
        } else if (type instanceof DataType.MapOf map) {
            String pair = "struct_pack(k := " + fromJson("(" + parameter + " -> 0)", map.key(), depth + 1) + ", v := "
                    + fromJson("(" + parameter + " -> 1)", map.value(), depth + 1) + ")";
            return unlessJsonNull(json, "map_from_entries(" + each + pair + "))");
        }
        return Leaf.of(type).fromText().apply("(" + json + " ->> '$')");
    }

    private static String unlessNull(String sql, String otherwise) {
        return "CASE WHEN " + sql + " IS NOT NULL THEN " + otherwise + " END";
    }

    private static String unlessJsonNull(String json, String otherwise) {
        return "CASE WHEN json_type(" + json + ") <> 'NULL' THEN " + otherwise + " END";
    }

    /** A parsed JSON value as the Java value of a batch. */
    static @Nullable Object read(@Nullable Object json, DataType type) {
        if (json == null) {
            return null;
        } else if (type instanceof DataType.ListOf list) {
            return elements(json, list.element());
        } else if (type instanceof DataType.Struct struct) {
            List<@Nullable Object> values = new ArrayList<>();
            List<?> fields = (List<?>) json;
            for (int i = 0; i < fields.size(); i++) {
                values.add(read(fields.get(i), struct.fields().get(i).type()));
            }
            return values;
        } else if (type instanceof DataType.MapOf map) {
            List<@Nullable Object> entries = new ArrayList<>();
            for (Object entry : (List<?>) json) {
                List<?> pair = (List<?>) entry;
                List<@Nullable Object> both = new ArrayList<>();
                both.add(read(pair.get(0), map.key()));
                both.add(read(pair.get(1), map.value()));
                entries.add(both);
            }
            return entries;
        }
        return Leaf.of(type).read().apply((String) json);
    }

    private static List<@Nullable Object> elements(Object json, DataType element) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Object each : (List<?>) json) {
            values.add(read(each, element));
        }
        return values;
    }

    /** The Java value of a batch as JSON text. */
    static void write(StringBuilder out, @Nullable Object value, DataType type) {
        if (value == null) {
            out.append("null");
        } else if (type instanceof DataType.ListOf list) {
            array(out, (List<?>) value, index -> list.element());
        } else if (type instanceof DataType.Struct struct) {
            array(out, (List<?>) value, index -> struct.fields().get(index).type());
        } else if (type instanceof DataType.MapOf map) {
            DataType pair = new DataType.Struct(List.of(new Field("k", map.key()), new Field("v", map.value())));
            array(out, (List<?>) value, index -> pair);
        } else {
            string(out, Leaf.of(type).write().apply(value));
        }
    }

    private interface TypeOf {
        DataType at(int index);
    }

    private static void array(StringBuilder out, List<?> values, TypeOf types) {
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(out, values.get(i), types.at(i));
        }
        out.append(']');
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
