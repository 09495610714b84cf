package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.Origin;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.List;

/** Collects resolved values with their origins. */
public final class Trace {
    private final List<Origin> origins = new ArrayList<>();

    public List<Origin> origins() {
        return origins;
    }

    void written(String path, String value, Node node) {
        origins.add(new Origin(path, value, node.place()));
    }

    void defaulted(String path, String value) {
        origins.add(new Origin(path, value, null));
    }

    /** Every single value below a node, as it is written: placeholders are not filled in. */
    void leaves(Node node, String path) {
        if (node instanceof Node.Scalar scalar) {
            written(path, scalar.text(), scalar);
        } else if (node instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                leaves(list.items().get(i), path + "[" + i + "]");
            }
        } else if (node instanceof Node.Mapping map) {
            map.entries().forEach(entry -> leaves(entry.value(), path + "." + entry.name()));
        }
    }
}
