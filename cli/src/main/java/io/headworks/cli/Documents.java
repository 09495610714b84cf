package io.headworks.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads of documents that commands show as text. */
final class Documents {

    private Documents() {}

    @SuppressWarnings("unchecked")
    static List<Map<String, @Nullable Object>> list(Map<String, ?> tree, String key) {
        Object value = tree.get(key);
        return value instanceof List ? (List<Map<String, @Nullable Object>>) value : List.of();
    }

    @SuppressWarnings("unchecked")
    static @Nullable Map<String, @Nullable Object> map(Map<String, ?> tree, String key) {
        return tree.get(key) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : null;
    }

    /** Empty for null. */
    static String text(Map<String, ?> tree, String key) {
        Object value = tree.get(key);
        return value == null ? "" : value.toString();
    }

    /** 0 for null. */
    static long number(Map<String, ?> tree, String key) {
        return tree.get(key) instanceof Number number ? number.longValue() : 0;
    }

    /** {@code 2024-03-01 12:00:00}, without fractions. */
    static String time(Map<String, ?> tree, String key) {
        return time(text(tree, key));
    }

    /** The same of a time in ISO 8601; empty for none. */
    static String time(@Nullable String text) {
        return text == null
                ? ""
                : text.length() < 19 ? text : text.substring(0, 19).replace('T', ' ');
    }
}
