package io.headworks.core.imports.jinja;

import java.util.List;
import java.util.Map;

/** A value that can be called. Values are String, Long, BigDecimal, Boolean, {@link None}, List, Map and Callable. */
@FunctionalInterface
public interface Callable {
    /** @throws NotRewritable when there is no value for these arguments */
    Object call(List<Object> arguments, Map<String, Object> named);

    /** An argument by place or name, or what stands for it. */
    static Object argument(
            List<Object> arguments, Map<String, Object> named, int place, String name, Object otherwise) {
        return place < arguments.size() ? arguments.get(place) : named.getOrDefault(name, otherwise);
    }

    /** An argument that has to be a text. */
    static String text(String function, List<Object> arguments, Map<String, Object> named, int place, String name) {
        Object value = argument(arguments, named, place, name, None.NONE);
        if (value instanceof String text) {
            return text;
        }
        throw new NotRewritable(function + "() needs a text as " + name);
    }
}
