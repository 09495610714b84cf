package io.headworks.core.spec.loading;

import io.headworks.api.dataset.TableName;
import io.headworks.core.spec.yaml.Node;
import java.util.List;

/** Fills in {@code ${table}} and {@code ${schema}} of a pipeline of many tables; all other placeholders stay. */
record TableWords(String table, String schema) {
    private static final String TABLE = "${table}";
    private static final String SCHEMA = "${schema}";

    /** For a pattern that takes what any table would give. */
    static final TableWords ANY = new TableWords("*", "*");

    static TableWords of(TableName name) {
        return new TableWords(name.table(), name.schema() == null ? "" : name.schema());
    }

    static boolean isIn(String text) {
        return text.contains(TABLE);
    }

    String fill(String text) {
        return text.replace(TABLE, table).replace(SCHEMA, schema);
    }

    Node fill(Node node) {
        if (node instanceof Node.Mapping map) {
            List<Node.Entry> entries = map.entries().stream()
                    .map(entry -> new Node.Entry(entry.key(), fill(entry.value())))
                    .toList();
            return new Node.Mapping(map.source(), map.line(), map.column(), entries);
        } else if (node instanceof Node.Sequence list) {
            List<Node> items = list.items().stream().map(this::fill).toList();
            return new Node.Sequence(list.source(), list.line(), list.column(), items);
        }
        return node instanceof Node.Scalar scalar && scalar.text().contains("${") ? fill(scalar) : node;
    }

    private Node fill(Node.Scalar scalar) {
        return new Node.Scalar(
                scalar.source(),
                scalar.line(),
                scalar.column(),
                scalar.start(),
                scalar.end(),
                fill(scalar.text()),
                scalar.style());
    }
}
