package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.Map;

/** A value that is kept as it stands, to be read later, when what it refers to is known. */
public final class NodeKind implements Kind<Node> {
    private final Kind<?> later;

    /** @param later what it will be read as */
    public NodeKind(Kind<?> later) {
        this.later = later;
    }

    @Override
    public Node read(Node node, Reading in) {
        return node;
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
