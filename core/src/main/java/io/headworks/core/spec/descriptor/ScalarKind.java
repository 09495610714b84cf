package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A single value, read from its text. */
public final class ScalarKind<T> implements Kind<T> {
    private final String label;
    private final String allowed;
    private final Form form;
    private final @Nullable String pattern;
    private final Function<String, @Nullable T> parser;
    private final Listener<T> listener;

    /** What the value is to YAML and JSON. */
    public enum Form {
        /** Anything; the text counts as it stands, so that {@code no} and {@code 1_000} are texts. */
        TEXT,
        INTEGER,
        BOOLEAN;

        private List<String> types() {
            return this == TEXT ? List.of("string", "number", "boolean") : List.of(name().toLowerCase(Locale.ROOT));
        }
    }

    /** Hears of each value read; may report problems, and answers whether the value stands. */
    public interface Listener<T> {
        boolean accept(T value, Node.Scalar node, Reading in);
    }

    private ScalarKind(
            String label,
            String allowed,
            Form form,
            @Nullable String pattern,
            Function<String, @Nullable T> parser,
            Listener<T> listener) {
        this.label = label;
        this.allowed = allowed;
        this.form = form;
        this.pattern = pattern;
        this.parser = parser;
        this.listener = listener;
    }

    /**
     * A value that is read by a function of its text.
     *
     * @param label one or two words: "duration"
     * @param allowed for messages: "a number and s, m, h, d or w, as 2h"
     * @param parser null for a text that is no such value
     */
    public static <T> ScalarKind<T> of(String label, String allowed, Form form, Function<String, @Nullable T> parser) {
        return new ScalarKind<>(label, allowed, form, null, parser, (value, node, in) -> true);
    }

    /**
     * Tells editors more of the text than its type.
     *
     * @param regex of the whole text, in the syntax of JSON Schema
     */
    public ScalarKind<T> matching(String regex) {
        return new ScalarKind<>(label, allowed, form, regex, parser, listener);
    }

    public ScalarKind<T> hearing(Listener<T> other) {
        return new ScalarKind<>(label, allowed, form, pattern, parser, other);
    }

    @Override
    public @Nullable T read(Node node, Reading in) {
        String text = in.text(node, allowed);
        if (text == null || !(node instanceof Node.Scalar scalar)) {
            return null;
        }
        boolean quoted =
                form != Form.TEXT && scalar.style() != Node.Scalar.Style.PLAIN && !Placeholders.present(scalar.text());
        T value = quoted ? null : parser.apply(text);
        if (value == null) {
            in.refuse(
                    node,
                    "invalid-value",
                    "'" + text + "' is no " + label + " (allowed: " + allowed + ")",
                    quoted ? "write it without quotes" : null);
            return null;
        }
        return listener.accept(value, scalar, in) ? value : null;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (form == Form.TEXT) {
            if (!label.equals("text")) {
                schema.put("title", label);
            }
            schema.put("type", form.types());
            if (pattern != null) {
                schema.put("pattern", "\\$\\{|^(" + pattern + ")$");
            }
            return schema;
        }
        schema.put(
                "anyOf", List.of(Map.of("type", form.types().get(0)), Map.of("type", "string", "pattern", "\\$\\{")));
        return schema;
    }
}
