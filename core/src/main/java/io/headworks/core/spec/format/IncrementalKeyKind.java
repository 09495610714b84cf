package io.headworks.core.spec.format;

import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.yaml.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A column; where a pipeline has many tables, a list from which each takes its first, which is done before this reads. */
final class IncrementalKeyKind implements Kind<String> {
    @Override
    public @Nullable String read(Node node, Reading in) {
        if (node instanceof Node.Sequence) {
            in.refuse(
                    node,
                    "wrong-type",
                    "it is a list, from which each of many tables takes one (allowed: column)",
                    "name one column, or write tables instead of table");
            return null;
        }
        return Scalars.COLUMN.read(node, in);
    }

    @Override
    public String label() {
        return Scalars.COLUMN.label() + ", or list with tables";
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return ListKind.oneOrMore(Scalars.COLUMN).schema(schemas);
    }
}
