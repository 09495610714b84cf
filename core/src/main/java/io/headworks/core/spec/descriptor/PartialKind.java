package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Part of an object, to be laid under others: the same keys, none of them mandatory, read together with what lies above. */
public final class PartialKind implements Kind<Node.Mapping> {
    private final Supplier<ObjectKind<?>> whole;

    /** @param whole asked for when it is needed: an object may hold parts of itself */
    public PartialKind(Supplier<ObjectKind<?>> whole) {
        this.whole = whole;
    }

    @Override
    public Node.@Nullable Mapping read(Node node, Reading in) {
        return new RawKind(whole.get()).read(node, in);
    }

    @Override
    public String label() {
        return "part of a map: " + whole.get().name();
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return schemas.define("part of " + whole.get().name(), () -> partial(whole.get(), schemas));
    }

    private static Map<String, Object> partial(ObjectKind<?> object, JsonSchemas schemas) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Key<?> key : object.keys()) {
            if (key.later() == null) {
                properties.put(
                        key.name(),
                        key.kind() instanceof ObjectKind<?> inner && inner.shortFor() == null
                                ? partial(inner, schemas)
                                : KeySchema.of(key, schemas));
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    @Override
    public void describe(Glossary glossary) {
        whole.get().describe(glossary);
    }
}
