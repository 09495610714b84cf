package io.headworks.core.spec.format;

import io.headworks.core.spec.descriptor.Described;
import io.headworks.core.spec.descriptor.Glossary;
import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A check that stands with a column, which it need not name: {@code {type: range, params: {min: 1}, severity: P0}}, or as
 * everywhere else. Read as the latter, so that both mean the same.
 */
final class ColumnCheckKind implements Kind<CheckDraft> {
    private static final List<String> COLUMN_KEYS = List.of("column", "columns");
    private final String column;

    ColumnCheckKind(String column) {
        this.column = column;
    }

    @Override
    public @Nullable CheckDraft read(Node node, Reading in) {
        if (!(node instanceof Node.Mapping map)) {
            return CheckFormat.CHECK.read(node, in);
        }
        Node.Entry type = map.entry("type");
        if (type != null && type.value() instanceof Node.Scalar rule && !rule.isNull()) {
            Node.Mapping body = typed(map, rule, in);
            return body == null ? null : CheckFormat.CHECK.read(single(rule, body), in);
        }
        if (map.entries().size() == 1) {
            Node.Entry only = map.entries().get(0);
            boolean empty = only.value().isNull();
            if (only.value() instanceof Node.Mapping || empty) {
                Node.Mapping body = only.value() instanceof Node.Mapping inner
                        ? inner
                        : new Node.Mapping(
                                map.source(), only.key().line(), only.key().column(), List.of());
                return CheckFormat.CHECK.read(single(only.key(), of(only.key(), body)), in);
            }
        }
        return CheckFormat.CHECK.read(node, in);
    }

    /** What stands beside the type: parameters, and options of every check. */
    private Node.@Nullable Mapping typed(Node.Mapping map, Node.Scalar rule, Reading in) {
        List<Node.Entry> entries = new ArrayList<>();
        for (Node.Entry entry : map.entries()) {
            if (entry.name().equals("params")) {
                if (!(entry.value() instanceof Node.Mapping params)) {
                    in.refuse(
                            entry.value(),
                            "wrong-type",
                            "params is " + entry.value().kind() + " (allowed: a map, as params: {min: 1})",
                            null);
                    return null;
                }
                entries.addAll(params.entries());
            } else if (!entry.name().equals("type")) {
                entries.add(entry);
            }
        }
        return of(rule, new Node.Mapping(map.source(), map.line(), map.column(), entries));
    }

    private static Node.Mapping single(Node.Scalar rule, Node.Mapping body) {
        return new Node.Mapping(rule.source(), rule.line(), rule.column(), List.of(new Node.Entry(rule, body)));
    }

    /** The same with the column, where the rule is about columns and names none. */
    private Node.Mapping of(Node.Scalar rule, Node.Mapping body) {
        boolean named = COLUMN_KEYS.stream().anyMatch(key -> body.get(key) != null);
        if (named || !isOfColumns(rule.text())) {
            return body;
        }
        Node.Scalar name = new Node.Scalar(
                rule.source(), rule.line(), rule.column(), 0, 0, column, Node.Scalar.Style.DOUBLE_QUOTED);
        return body.with("column", name);
    }

    /** Whether a rule takes a column, which its keys say. */
    private static boolean isOfColumns(String rule) {
        Glossary glossary = new Glossary();
        CheckFormat.CHECK.describe(glossary);
        return glossary.objects().stream()
                .filter(object -> object.name().equals("check"))
                .flatMap(object -> object.keys().stream())
                .filter(key -> key.name().equals(rule)
                        || key.renamed().contains(rule)
                        || key.accepted().contains(rule))
                .map(Key::kind)
                .filter(Described.class::isInstance)
                .flatMap(kind -> ((Described) kind).keys().stream())
                .anyMatch(key -> key.name().equals("column")
                        || (key.name().equals("columns") && key.accepted().contains("column")));
    }

    @Override
    public String label() {
        return "check";
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", Map.of("type", "string"));
        properties.put("params", Map.of("type", "object"));
        Map<String, Object> typed = new LinkedHashMap<>();
        typed.put("type", "object");
        typed.put("properties", properties);
        typed.put("required", List.of("type"));
        Map<String, Object> any = new LinkedHashMap<>();
        any.put("type", "object");
        any.put("maxProperties", 1);
        return Map.of("anyOf", List.of(typed, CheckFormat.CHECK.schema(schemas), any));
    }

    @Override
    public void describe(Glossary glossary) {
        CheckFormat.CHECK.describe(glossary);
    }
}
