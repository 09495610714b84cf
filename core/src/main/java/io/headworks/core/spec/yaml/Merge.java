package io.headworks.core.spec.yaml;

import java.util.ArrayList;
import java.util.List;

/** Definitions laid over one another: maps merge, lists and single values replace. */
public final class Merge {
    private Merge() {}

    /** The values of {@code top}, and those of {@code base} that it does not say; each keeps its place. */
    public static Node.Mapping over(Node.Mapping base, Node.Mapping top) {
        List<Node.Entry> entries =
                new ArrayList<>(top.entries().size() + base.entries().size());
        for (Node.Entry entry : top.entries()) {
            entries.add(new Node.Entry(entry.key(), merged(base.get(entry.name()), entry.value())));
        }
        for (Node.Entry entry : base.entries()) {
            if (top.entry(entry.name()) == null) {
                entries.add(entry);
            }
        }
        return new Node.Mapping(top.source(), top.line(), top.column(), entries);
    }

    private static Node merged(@org.jspecify.annotations.Nullable Node base, Node top) {
        return base instanceof Node.Mapping below && top instanceof Node.Mapping above ? over(below, above) : top;
    }
}
