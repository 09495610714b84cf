package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map with exactly one key, which says what the value is: {@code trim: [status]}. */
public final class VariantKind<T> implements Kind<T> {
    private final ObjectKind<T> object;
    private final String name;

    private VariantKind(String name, ObjectKind<T> object) {
        this.name = name;
        this.object = object;
    }

    /**
     * A choice among keys.
     *
     * @param keys each of a kind that is read as a T
     */
    public static <T> VariantKind<T> of(String name, String description, List<Key<? extends T>> keys) {
        Function<Values, @Nullable T> only = values -> {
            for (Key<? extends T> key : keys) {
                if (values.has(key)) {
                    return values.find(key);
                }
            }
            return null;
        };
        return new VariantKind<>(name, ObjectKind.of(name, description, List.copyOf(keys), only));
    }

    @Override
    public @Nullable T read(Node node, Reading in) {
        if (node instanceof Node.Mapping map && map.entries().size() != 1) {
            Node at = map.entries().size() > 1 ? map.entries().get(1).key() : map;
            in.refuse(
                    at,
                    "wrong-type",
                    "it has " + map.entries().size() + " keys (allowed: one, the " + name + ")",
                    "begin each " + name + " with '- '");
            return null;
        }
        return object.read(node, in);
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of("allOf", List.of(object.schema(schemas)), "minProperties", 1, "maxProperties", 1);
    }

    @Override
    public void trace(Node node, String path, Trace trace) {
        object.trace(node, path, trace);
    }

    @Override
    public void describe(Glossary glossary) {
        object.describe(glossary);
    }
}
