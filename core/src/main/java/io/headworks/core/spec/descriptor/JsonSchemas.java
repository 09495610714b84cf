package io.headworks.core.spec.descriptor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The definitions of a JSON Schema while it is written: each object once, referred to by name. */
public final class JsonSchemas {
    private final Map<String, Object> definitions = new LinkedHashMap<>();

    /** A reference to a definition, which is written the first time it is asked for. */
    public Map<String, Object> define(String name, Supplier<Map<String, Object>> schema) {
        String id = name.replace(' ', '_');
        if (!definitions.containsKey(id)) {
            definitions.put(id, Map.of());
            definitions.put(id, schema.get());
        }
        return Map.of("$ref", "#/$defs/" + id);
    }

    public Map<String, Object> definitions() {
        return definitions;
    }
}
