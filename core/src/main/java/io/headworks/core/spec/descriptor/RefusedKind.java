package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.Map;

/** The value of a key that is refused whatever it holds. */
final class RefusedKind implements Kind<Object> {
    @Override
    public Object read(Node node, Reading in) {
        return node;
    }

    @Override
    public String label() {
        return "not yet";
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of("not", Map.of());
    }
}
