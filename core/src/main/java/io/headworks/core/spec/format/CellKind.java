package io.headworks.core.spec.format;

import io.headworks.core.json.Json;
import io.headworks.core.spec.Fixture.Cell;
import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.yaml.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value of a row that a test states: a single value, a list, a map, or nothing. */
final class CellKind implements Kind<Cell> {
    static final CellKind VALUE = new CellKind();

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?");

    private CellKind() {}

    @Override
    public @Nullable Cell read(Node node, Reading in) {
        if (node.isNull()) {
            return Cell.NULL;
        }
        if (!(node instanceof Node.Scalar scalar)) {
            return new Cell(Json.compact(tree(node)), Cell.Form.NESTED);
        }
        String text = in.text(scalar, "a value");
        boolean plain = scalar.style() == Node.Scalar.Style.PLAIN;
        return text == null ? null : new Cell(text, plain ? Cell.Form.PLAIN : Cell.Form.QUOTED);
    }

    private static @Nullable Object tree(Node node) {
        if (node instanceof Node.Sequence list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.items().forEach(item -> items.add(tree(item)));
            return items;
        } else if (node instanceof Node.Mapping map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.entries().forEach(entry -> members.put(entry.name(), tree(entry.value())));
            return members;
        }
        return node.isNull() ? null : single((Node.Scalar) node);
    }

    private static Object single(Node.Scalar scalar) {
        String text = scalar.text();
        if (scalar.style() != Node.Scalar.Style.PLAIN) {
            return text;
        } else if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return NUMBER.matcher(text).matches() ? (Object) new BigDecimal(text) : text;
    }

    @Override
    public String label() {
        return "value";
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of();
    }
}
