package io.headworks.core.spec.format;

import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.yaml.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map whose keys are another format's, kept as it stands. */
enum FreeKind implements Kind<Node.Mapping> {
    MAP;

    @Override
    public Node.@Nullable Mapping read(Node node, Reading in) {
        if (node instanceof Node.Mapping map) {
            return map;
        }
        in.refuse(node, "wrong-type", "it is " + (node.isNull() ? "empty" : node.kind()) + " (allowed: a map)", null);
        return null;
    }

    @Override
    public String label() {
        return "map";
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of("type", "object");
    }
}
