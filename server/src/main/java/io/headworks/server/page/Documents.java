package io.headworks.server.page;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads of documents that pages show. */
public final class Documents {

    private Documents() {}

    @SuppressWarnings("unchecked")
    public static List<Map<String, @Nullable Object>> list(Map<String, ?> tree, String key) {
        return tree.get(key) instanceof List<?> list ? (List<Map<String, @Nullable Object>>) list : List.of();
    }

    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> map(Map<String, ?> tree, String key) {
        return tree.get(key) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    /** Empty for null. */
    public static String text(Map<String, ?> tree, String key) {
        Object value = tree.get(key);
        return value == null ? "" : value.toString();
    }

    /** 0 for none. */
    public static long number(Map<String, ?> tree, String key) {
        return tree.get(key) instanceof Number number ? number.longValue() : 0;
    }
}
