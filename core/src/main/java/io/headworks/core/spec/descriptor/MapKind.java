package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map whose keys are the user's own names, in the order of the file. */
public final class MapKind<T> implements Kind<Map<String, T>> {
    private final String keyLabel;
    private final Kind<T> value;

    private MapKind(String keyLabel, Kind<T> value) {
        this.keyLabel = keyLabel;
        this.value = value;
    }

    /**
     * A map of a user's names to values.
     *
     * @param keyLabel what a key is, as "column"
     */
    public static <T> MapKind<T> of(String keyLabel, Kind<T> value) {
        return new MapKind<>(keyLabel, value);
    }

    @Override
    public @Nullable Map<String, T> read(Node node, Reading in) {
        if (!(node instanceof Node.Mapping map)) {
            in.refuse(
                    node,
                    "wrong-type",
                    "it is " + (node.isNull() ? "empty" : node.kind()) + " (allowed: a map of " + keyLabel + " to "
                            + value.label() + ")",
                    null);
            return null;
        }
        Map<String, T> values = new LinkedHashMap<>();
        for (Node.Entry entry : map.entries()) {
            T each = in.part(entry.name(), value, entry.value());
            if (each != null) {
                values.put(entry.name(), each);
            }
        }
        return values.size() == map.entries().size() ? values : null;
    }

    @Override
    public String label() {
        return "map of " + keyLabel + " to " + value.label();
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of("type", "object", "additionalProperties", value.schema(schemas));
    }

    @Override
    public void trace(Node node, String path, Trace trace) {
        if (node instanceof Node.Mapping map) {
            map.entries().forEach(entry -> value.trace(entry.value(), path + "." + entry.name(), trace));
        } else {
            trace.leaves(node, path);
        }
    }

    @Override
    public void describe(Glossary glossary) {
        value.describe(glossary);
    }
}
