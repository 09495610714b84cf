package io.headworks.core.spec.reference;

import io.headworks.api.connection.Connector;
import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.format.ConnectionTypes;
import io.headworks.core.spec.format.DocumentFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema (2020-12) of a project file, for editors. It accepts what the parser accepts, references apart. */
public final class ProjectFileSchema {
    private static final List<String> ORDER = List.of(
            "$schema",
            "title",
            "description",
            "type",
            "enum",
            "const",
            "pattern",
            "properties",
            "additionalProperties",
            "required",
            "minProperties",
            "maxProperties",
            "items",
            "minItems",
            "anyOf",
            "allOf",
            "not",
            "$ref",
            "$defs");
    /** Maps by name, whose order is that of the descriptors. */
    private static final List<String> NAMED = List.of("properties", "$defs");

    private ProjectFileSchema() {}

    /** The schema as JSON text, the same for the same connectors. */
    public static String json(List<Connector> connectors) {
        JsonSchemas schemas = new JsonSchemas();
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "Headworks project file");
        root.put(
                "allOf",
                List.of(new DocumentFormat(new ConnectionTypes(connectors))
                        .kind()
                        .schema(schemas)));
        root.put("$defs", schemas.definitions());
        StringBuilder out = new StringBuilder();
        value(root, false, "", out);
        return out.append('\n').toString();
    }

    private static void value(Object value, boolean named, String indent, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            object(map, named, indent, out);
        } else if (value instanceof List<?> list) {
            array(list, indent, out);
        } else if (value instanceof String text) {
            string(text, out);
        } else {
            out.append(value);
        }
    }

    private static void object(Map<?, ?> map, boolean named, String indent, StringBuilder out) {
        List<String> keys = map.keySet().stream().map(String::valueOf).toList();
        List<String> ordered =
                named ? keys : keys.stream().sorted(ProjectFileSchema::compare).toList();
        String separator = "{";
        for (String key : ordered) {
            out.append(separator).append('\n').append(indent).append("  ");
            string(key, out);
            out.append(": ");
            Object inner = map.get(key);
            value(inner == null ? Map.of() : inner, !named && NAMED.contains(key), indent + "  ", out);
            separator = ",";
        }
        out.append(ordered.isEmpty() ? "{}" : "\n" + indent + "}");
    }

    private static int compare(String a, String b) {
        int first = ORDER.indexOf(a);
        int second = ORDER.indexOf(b);
        return first != second
                ? Integer.compare(first < 0 ? ORDER.size() : first, second < 0 ? ORDER.size() : second)
                : a.compareTo(b);
    }

    private static void array(List<?> list, String indent, StringBuilder out) {
        boolean flat = list.stream().noneMatch(each -> each instanceof Map || each instanceof List);
        String separator = "[";
        for (Object each : list) {
            out.append(separator).append(flat ? "" : "\n" + indent + "  ");
            value(each, false, indent + "  ", out);
            separator = flat ? ", " : ",";
        }
        out.append(list.isEmpty() ? "[]" : flat ? "]" : "\n" + indent + "]");
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        out.append('"');
    }
}
