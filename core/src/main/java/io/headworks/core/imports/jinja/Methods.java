package io.headworks.core.imports.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of texts, lists and maps that templates call. */
final class Methods {
    private Methods() {}

    static @Nullable Callable of(Object value, String name) {
        if (value instanceof String text) {
            return ofText(text, name);
        } else if (value instanceof List<?> list) {
            return ofList(list, name);
        } else if (value instanceof Map<?, ?> map) {
            return ofMap(map, name);
        }
        return null;
    }

    private static @Nullable Callable ofText(String text, String name) {
        return switch (name) {
            case "upper" -> (arguments, named) -> text.toUpperCase(Locale.ROOT);
            case "lower" -> (arguments, named) -> text.toLowerCase(Locale.ROOT);
            case "strip" -> (arguments, named) -> text.strip();
            case "replace" ->
                (arguments, named) -> text.replace(
                        Callable.text("replace", arguments, named, 0, "old"),
                        Callable.text("replace", arguments, named, 1, "new"));
            case "startswith" ->
                (arguments, named) -> text.startsWith(Callable.text("startswith", arguments, named, 0, "prefix"));
            case "endswith" ->
                (arguments, named) -> text.endsWith(Callable.text("endswith", arguments, named, 0, "suffix"));
            default -> null;
        };
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Callable ofList(List<?> list, String name) {
        return !name.equals("append")
                ? null
                : (arguments, named) -> {
                    ((List<Object>) list).addAll(arguments);
                    return "";
                };
    }

    private static @Nullable Callable ofMap(Map<?, ?> map, String name) {
        return switch (name) {
            case "keys" -> (arguments, named) -> new ArrayList<Object>(map.keySet());
            case "values" -> (arguments, named) -> new ArrayList<Object>(map.values());
            case "items" ->
                (arguments, named) -> {
                    List<Object> items = new ArrayList<>();
                    map.forEach((key, value) -> items.add(List.of(key, value)));
                    return items;
                };
            case "get" ->
                (arguments, named) -> {
                    Object value = map.get(Callable.text("get", arguments, named, 0, "key"));
                    return value != null ? value : Callable.argument(arguments, named, 1, "default", None.NONE);
                };
            default -> null;
        };
    }
}
