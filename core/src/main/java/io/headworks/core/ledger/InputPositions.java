package io.headworks.core.ledger;

import io.headworks.api.source.Position;
import io.headworks.api.source.Position.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The position of a model: {@code {"kind":"inputs","sql":…,"definition":…,"inputs":[{"dataset":…,"run":…,"key":{…}}]}}. */
final class InputPositions {

    private InputPositions() {}

    static Map<String, Object> tree(Position.Inputs position) {
        List<Object> inputs = new ArrayList<>();
        for (Input input : position.inputs()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("dataset", input.dataset());
            if (input.run() != null) {
                tree.put("run", input.run());
            }
            if (input.key() != null) {
                tree.put("key", Positions.tree(input.key()));
            }
            inputs.add(tree);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "inputs");
        tree.put("sql", position.sql());
        tree.put("definition", position.definition());
        tree.put("inputs", inputs);
        return tree;
    }

    @SuppressWarnings("unchecked")
    static Position.Inputs read(Map<String, @Nullable Object> tree) {
        List<Input> inputs = new ArrayList<>();
        for (Object element : (List<?>) Positions.present(tree, "inputs")) {
            Map<String, @Nullable Object> input = (Map<String, @Nullable Object>) element;
            Number run = (Number) input.get("run");
            Map<String, @Nullable Object> key = (Map<String, @Nullable Object>) input.get("key");
            inputs.add(new Input(
                    Positions.text(input, "dataset"),
                    run == null ? null : run.longValue(),
                    key == null ? null : Positions.key(key)));
        }
        return new Position.Inputs(Positions.text(tree, "sql"), Positions.text(tree, "definition"), inputs);
    }

    /** For people: {@code warehouse:orders load 3, warehouse:items updated_at up to 2024-03-01}. */
    static String describe(Position.Inputs position) {
        return position.inputs().isEmpty()
                ? "no inputs"
                : position.inputs().stream().map(InputPositions::describe).collect(Collectors.joining(", "));
    }

    private static String describe(Input input) {
        if (input.key() != null) {
            return input.dataset() + " " + Positions.describe(input.key());
        }
        return input.dataset() + (input.run() == null ? "" : " load " + input.run());
    }
}
