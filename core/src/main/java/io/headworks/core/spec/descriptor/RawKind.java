package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map that is kept as it stands, to be read later, when what it refers to is known. */
public final class RawKind implements Kind<Node.Mapping> {
    private final Kind<?> later;

    /** @param later what it will be read as */
    public RawKind(Kind<?> later) {
        this.later = later;
    }

    @Override
    public Node.@Nullable Mapping read(Node node, Reading in) {
        if (node instanceof Node.Mapping map) {
            return map;
        }
        in.refuse(
                node,
                "wrong-type",
                "it is " + (node.isNull() ? "empty" : node.kind()) + " (allowed: " + later.label() + ")",
                null);
        return null;
    }

    @Override
    public String label() {
        return later.label();
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return later.schema(schemas);
    }

    @Override
    public void describe(Glossary glossary) {
        later.describe(glossary);
    }
}
