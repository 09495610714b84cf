package io.headworks.core.spec.descriptor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A key in a JSON Schema. */
final class KeySchema {
    private KeySchema() {}

    static Map<String, Object> of(Key<?> key, JsonSchemas schemas) {
        Map<String, Object> schema = new LinkedHashMap<>(key.kind().schema(schemas));
        schema.put("description", key.description());
        if (key.kind().isSecret()) {
            schema.put("writeOnly", true);
        }
        if (key.defaultText() != null) {
            schema.put("$comment", "default: " + key.defaultText());
        }
        return schema;
    }

    static Map<String, Object> deprecated(Map<String, Object> schema) {
        Map<String, Object> old = new LinkedHashMap<>(schema);
        old.put("deprecated", true);
        return old;
    }

    static Map<String, Object> anyNameOf(Key<?> key) {
        List<Map<String, Object>> names = Stream.of(List.of(key.name()), key.accepted(), key.renamed())
                .flatMap(List::stream)
                .map(name -> Map.<String, Object>of("required", List.of(name)))
                .toList();
        return names.size() == 1 ? names.get(0) : Map.of("anyOf", names);
    }
}
