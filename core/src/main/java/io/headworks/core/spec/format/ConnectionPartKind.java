package io.headworks.core.spec.format;

import io.headworks.api.connection.Connection;
import io.headworks.core.spec.descriptor.Glossary;
import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.yaml.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection, or what is different about one of the project's, whose type may be left out. */
final class ConnectionPartKind implements Kind<Connection> {
    private final ConnectionKind whole;

    ConnectionPartKind(ConnectionKind whole) {
        this.whole = whole;
    }

    /** Read once it lies over the project's. */
    @Override
    public @Nullable Connection read(Node node, Reading in) {
        return whole.read(node, in);
    }

    @Override
    public String label() {
        return whole.label();
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of(
                "anyOf",
                List.of(
                        whole.schema(schemas),
                        Map.of("type", "object", "properties", Map.of("type", Map.of("not", Map.of())))));
    }

    @Override
    public void describe(Glossary glossary) {
        whole.describe(glossary);
    }
}
