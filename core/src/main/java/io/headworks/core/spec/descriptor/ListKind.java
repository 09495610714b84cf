package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A list, or also a single item standing for a list of one. */
public final class ListKind<T> implements Kind<List<T>> {
    private final Kind<T> item;
    private final boolean singleAllowed;
    private final boolean emptyAllowed;

    private ListKind(Kind<T> item, boolean singleAllowed, boolean emptyAllowed) {
        this.item = item;
        this.singleAllowed = singleAllowed;
        this.emptyAllowed = emptyAllowed;
    }

    public static <T> ListKind<T> of(Kind<T> item) {
        return new ListKind<>(item, false, true);
    }

    /** One item need not be a list; an empty list is refused. */
    public static <T> ListKind<T> oneOrMore(Kind<T> item) {
        return new ListKind<>(item, true, false);
    }

    /** One item need not be a list; a list may be empty. */
    public static <T> ListKind<T> anyNumber(Kind<T> item) {
        return new ListKind<>(item, true, true);
    }

    /** An empty list is refused. */
    public static <T> ListKind<T> some(Kind<T> item) {
        return new ListKind<>(item, false, false);
    }

    @Override
    public @Nullable List<T> read(Node node, Reading in) {
        if (node instanceof Node.Sequence list) {
            return items(list, in);
        }
        if (singleAllowed && !node.isNull()) {
            T only = item.read(node, in);
            return only == null ? null : List.of(only);
        }
        in.refuse(
                node,
                "wrong-type",
                "it is " + (node.isNull() ? "empty" : node.kind()) + " (allowed: a list of " + item.label() + ")",
                null);
        return null;
    }

    private @Nullable List<T> items(Node.Sequence list, Reading in) {
        List<T> items = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            T value = in.part("[" + i + "]", item, list.items().get(i));
            if (value != null) {
                items.add(value);
            }
        }
        if (list.items().isEmpty() && !emptyAllowed) {
            in.refuse(list, "invalid-value", "the list is empty (allowed: at least one " + item.label() + ")", null);
            return null;
        }
        return items.size() == list.items().size() ? items : null;
    }

    @Override
    public String label() {
        return (singleAllowed ? item.label() + ", or list" : "list of " + item.label());
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        Map<String, Object> each = item.schema(schemas);
        Map<String, Object> list = emptyAllowed
                ? Map.of("type", "array", "items", each)
                : Map.of("type", "array", "items", each, "minItems", 1);
        return singleAllowed ? Map.of("anyOf", List.of(each, list)) : list;
    }

    @Override
    public void trace(Node node, String path, Trace trace) {
        if (!(node instanceof Node.Sequence list)) {
            item.trace(node, path, trace);
            return;
        }
        for (int i = 0; i < list.items().size(); i++) {
            item.trace(list.items().get(i), path + "[" + i + "]", trace);
        }
    }

    @Override
    public void describe(Glossary glossary) {
        item.describe(glossary);
    }
}
