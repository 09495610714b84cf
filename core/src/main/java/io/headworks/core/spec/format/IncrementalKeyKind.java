package io.headworks.core.spec.format;

import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.yaml.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A column; the list of pipelines with many tables is known and refused. */
final class IncrementalKeyKind implements Kind<String> {
    @Override
    public @Nullable String read(Node node, Reading in) {
        if (node instanceof Node.Sequence) {
            in.refuse(
                    node,
                    "not-yet",
                    "a list belongs to pipelines of many tables, which are not built yet",
                    "name one column");
            return null;
        }
        return Scalars.COLUMN.read(node, in);
    }

    @Override
    public String label() {
        return Scalars.COLUMN.label();
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Scalars.COLUMN.schema(schemas);
    }
}
