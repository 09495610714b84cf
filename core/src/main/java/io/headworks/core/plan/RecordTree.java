package io.headworks.core.plan;

import io.headworks.api.secret.Secret;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as trees of maps, lists and texts: what a plan is printed and hashed from. Secrets come out as {@code ***}. */
public final class RecordTree {

    private RecordTree() {}

    public static @Nullable Object of(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Number || value instanceof String) {
            return value;
        } else if (value instanceof Secret) {
            return "***";
        } else if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> tree = new ArrayList<>();
            list.forEach(element -> tree.add(of(element)));
            return tree;
        } else if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            map.forEach((key, element) -> tree.put(String.valueOf(key), of(element)));
            return tree;
        } else if (value instanceof Record record && !(value instanceof io.headworks.api.type.DataType)) {
            return record(record);
        }
        return value.toString();
    }

    private static Map<String, @Nullable Object> record(Record record) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("is", record.getClass().getSimpleName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            tree.put(snake(component.getName()), of(read(record, component)));
        }
        return tree;
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("Cannot read " + component + " of a record", impossible);
        }
    }

    private static String snake(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            char c = (char) b;
            if (Character.isUpperCase(c)) {
                out.append('_').append(Character.toLowerCase(c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
