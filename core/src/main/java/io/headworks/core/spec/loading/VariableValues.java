package io.headworks.core.spec.loading;

import io.headworks.core.spec.Place;
import io.headworks.core.spec.Variable;
import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.format.VariableFormat;
import io.headworks.core.spec.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives variables their values: default, then the environment's, then the command line's. */
final class VariableValues {
    private static final Place COMMAND_LINE = Place.of("(command line)");
    private final Reading in;
    private final Map<String, Variable> variables = new LinkedHashMap<>();

    VariableValues(@Nullable Node declared, Reading in) {
        this.in = in;
        if (declared instanceof Node.Mapping map) {
            map.entries().forEach(this::declare);
        }
    }

    private void declare(Node.Entry entry) {
        Variable read = in.part("variables." + entry.name(), VariableFormat.KIND, entry.value());
        if (read != null) {
            variables.put(entry.name(), read.valued(entry.name(), read.value()));
        }
    }

    VariableValues set(Node.@Nullable Mapping values) {
        if (values != null) {
            for (Node.Entry entry : values.entries()) {
                String text = in.text(entry.value(), "text");
                if (text != null) {
                    set(entry.name(), text, entry.value().place());
                    if (VariableFormat.isHidden(entry.value())) {
                        variables.computeIfPresent(entry.name(), (name, variable) -> variable.hidden());
                    }
                }
            }
        }
        return this;
    }

    VariableValues set(Map<String, String> values) {
        values.forEach((name, value) -> set(name, value, COMMAND_LINE));
        return this;
    }

    /** Looks at what another environment gives, without giving it; what is filled in from elsewhere is not known there. */
    void check(Node.@Nullable Mapping values) {
        if (values != null) {
            for (Node.Entry entry : values.entries()) {
                String text = in.text(entry.value(), "text");
                boolean known = text != null && !text.contains("${");
                check(entry.name(), known ? text : null, entry.value().place());
            }
        }
    }

    /** Reports what has to have a value and has none. */
    VariableValues requireAll() {
        variables.values().stream()
                .filter(variable -> variable.required() && variable.value() == null)
                .forEach(variable -> in.problems()
                        .error(
                                Place.of(HeadReader.FILE),
                                "missing-variable",
                                "Cannot go on without variable '" + variable.name()
                                        + "': it is required, and nothing gives" + " it a value",
                                "run with --var " + variable.name() + "=…, or give it one in the environment"));
        return this;
    }

    private void set(String name, String value, Place place) {
        if (check(name, value, place)) {
            variables.computeIfPresent(name, (same, variable) -> variable.valued(name, value));
        }
    }

    private boolean check(String name, @Nullable String value, Place place) {
        Variable variable = variables.get(name);
        if (variable == null) {
            String nearest = Nearest.to(name, variables.keySet());
            in.problems()
                    .error(
                            place,
                            "unknown-variable",
                            "Cannot set variable '" + name + "': it is not declared (declared: "
                                    + (variables.isEmpty() ? "none" : String.join(", ", variables.keySet())) + ")",
                            nearest == null
                                    ? "declare it under variables in headworks.yml"
                                    : "did you mean '" + nearest + "'?");
            return false;
        }
        String unfit = value == null ? null : VariableFormat.unfit(variable, value);
        if (unfit != null) {
            in.problems().error(place, "invalid-value", "Cannot set variable '" + name + "': " + unfit, null);
        }
        return unfit == null;
    }

    Map<String, Variable> all() {
        return variables;
    }
}
