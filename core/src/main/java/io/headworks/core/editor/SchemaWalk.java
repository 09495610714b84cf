package io.headworks.core.editor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON Schema of project files, walked from key to key. What the schema says, the parser says: both are one descriptor. */
final class SchemaWalk {
    private static final int DEEPEST = 20;

    private final Map<String, ?> root;
    private final Map<?, ?> definitions;

    SchemaWalk(Map<String, ?> schema) {
        this.root = schema;
        this.definitions = map(schema.get("$defs"));
    }

    /** What a value may be at the end of a path: all that it could be as far as is written. */
    List<Map<?, ?>> at(List<YamlCursor.Step> steps) {
        List<Map<?, ?>> here = List.of(root);
        for (int i = 0; i < steps.size(); i++) {
            here = step(here, steps.get(i));
        }
        return here;
    }

    private List<Map<?, ?>> step(List<Map<?, ?>> from, YamlCursor.Step step) {
        List<Map<?, ?>> next = new ArrayList<>();
        for (Map<?, ?> schema : flat(from, step.beside())) {
            if (step.key().equals(YamlCursor.ITEM)) {
                add(schema.get("items"), next);
            } else if (map(schema.get("properties")).get(step.key()) != null) {
                add(map(schema.get("properties")).get(step.key()), next);
            } else {
                add(schema.get("additionalProperties"), next);
            }
        }
        return next;
    }

    private static void add(@Nullable Object schema, List<Map<?, ?>> to) {
        if (schema instanceof Map<?, ?> map) {
            to.add(map);
        }
    }

    /** Keys that a map there may have, with what is said of each. */
    Map<String, Map<?, ?>> keys(List<Map<?, ?>> schemas, Map<String, String> beside) {
        Map<String, Map<?, ?>> keys = new LinkedHashMap<>();
        for (Map<?, ?> schema : flat(schemas, beside)) {
            map(schema.get("properties")).forEach((name, of) -> {
                if (of instanceof Map<?, ?> key && !Boolean.TRUE.equals(key.get("deprecated"))) {
                    keys.merge(
                            name.toString(), key, (first, second) -> first.containsKey("description") ? first : second);
                }
            });
        }
        return keys;
    }

    /** Words that a value there may be. */
    Set<String> words(List<Map<?, ?>> schemas) {
        Set<String> words = new LinkedHashSet<>();
        for (Map<?, ?> schema : flat(schemas, Map.of())) {
            if (schema.get("enum") instanceof List<?> list) {
                list.forEach(word -> words.add(String.valueOf(word)));
            }
            if ("boolean".equals(schema.get("type"))) {
                words.addAll(List.of("true", "false"));
            }
        }
        return words;
    }

    /** What values there are called: "connection", "dataset". */
    Set<String> titles(List<Map<?, ?>> schemas) {
        Set<String> titles = new LinkedHashSet<>();
        for (Map<?, ?> schema : flat(schemas, Map.of())) {
            if (schema.get("title") instanceof String title) {
                titles.add(title);
            }
        }
        return titles;
    }

    /** With all that is referred to and all alternatives, but those that what is written rules out. */
    private List<Map<?, ?>> flat(List<Map<?, ?>> schemas, Map<String, String> beside) {
        List<Map<?, ?>> all = new ArrayList<>();
        schemas.forEach(schema -> flatten(schema, beside, 0, all));
        return all;
    }

    private void flatten(Map<?, ?> schema, Map<String, String> beside, int depth, List<Map<?, ?>> into) {
        if (depth > DEEPEST) {
            return;
        }
        into.add(schema);
        if (schema.get("$ref") instanceof String ref) {
            flatten(map(definitions.get(ref.substring(ref.lastIndexOf('/') + 1))), beside, depth + 1, into);
        }
        if (schema.get("allOf") instanceof List<?> parts) {
            parts.forEach(part -> flatten(map(part), beside, depth + 1, into));
        }
        if (schema.get("anyOf") instanceof List<?> choices) {
            for (Object choice : choices) {
                List<Map<?, ?>> inner = new ArrayList<>();
                flatten(map(choice), beside, depth + 1, inner);
                if (inner.stream().noneMatch(each -> contradicts(each, beside))) {
                    into.addAll(inner);
                }
            }
        }
    }

    /** True when a key has a value that is none of those it may have there. */
    private static boolean contradicts(Map<?, ?> schema, Map<String, String> beside) {
        return map(schema.get("properties")).entrySet().stream().anyMatch(each -> {
            String written = beside.get(String.valueOf(each.getKey()));
            return written != null
                    && !written.isEmpty()
                    && map(each.getValue()).get("enum") instanceof List<?> words
                    && !words.contains(written);
        });
    }

    static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
