package io.headworks.core.contract.odcs;

import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.yaml.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text as it stands: what is a placeholder to us means something else there. */
enum TextKind implements Kind<String> {
    TEXT;

    @Override
    public @Nullable String read(Node node, Reading in) {
        if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
            return scalar.text();
        }
        in.refuse(node, "wrong-type", "it is " + (node.isNull() ? "empty" : node.kind()) + " (allowed: a text)", null);
        return null;
    }

    @Override
    public String label() {
        return "text";
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of("type", "string");
    }
}
