package io.headworks.core.contract.odcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks into trees of maps and lists whose shapes were validated. */
final class Tree {
    private Tree() {}

    /** The maps of a list below a key; those of the tree itself, so that they can be changed. */
    @SuppressWarnings("unchecked")
    static List<Map<String, @Nullable Object>> maps(Map<String, @Nullable Object> tree, String key) {
        List<Map<String, @Nullable Object>> maps = new ArrayList<>();
        if (tree.get(key) instanceof List<?> list) {
            list.stream().filter(Map.class::isInstance).forEach(item -> maps.add((Map<String, @Nullable Object>) item));
        }
        return maps;
    }

    /** The map below a key; null when there is none. */
    @SuppressWarnings("unchecked")
    static @Nullable Map<String, @Nullable Object> map(Map<String, @Nullable Object> tree, String key) {
        return tree.get(key) instanceof Map ? (Map<String, @Nullable Object>) tree.get(key) : null;
    }

    static @Nullable String text(Map<String, @Nullable Object> tree, String key) {
        Object value = tree.get(key);
        return value == null ? null : value.toString();
    }

    /** The list below a key, made when there is none. */
    @SuppressWarnings("unchecked")
    static List<@Nullable Object> list(Map<String, @Nullable Object> tree, String key) {
        if (!(tree.get(key) instanceof List)) {
            tree.put(key, new ArrayList<>());
        }
        return (List<@Nullable Object>) tree.get(key);
    }

    /** Removes an item of a list, and the list with its last one. */
    static void remove(Map<String, @Nullable Object> tree, String key, Object item) {
        if (tree.get(key) instanceof List<?> list) {
            list.removeIf(each -> each == item);
            if (list.isEmpty()) {
                tree.remove(key);
            }
        }
    }

    /** The same with nothing shared, so that it can be changed. */
    static @Nullable Object copy(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(String.valueOf(key), copy(value)));
            return copy;
        }
        if (tree instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(copy(item)));
            return copy;
        }
        return tree;
    }
}
