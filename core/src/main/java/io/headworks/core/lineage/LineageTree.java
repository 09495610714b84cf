package io.headworks.core.lineage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Lines of a tree. What stood above already, and has branches, ends in {@code …}. */
final class LineageTree<T> {
    private final Function<T, List<Branch<T>>> branches;
    private final Set<T> seen = new HashSet<>();
    private final List<String> lines = new ArrayList<>();

    private LineageTree(Function<T, List<Branch<T>>> branches) {
        this.branches = branches;
    }

    /** A way on, with what is written before and after its end. */
    record Branch<T>(T to, String before, String after) {}

    static <T> List<String> lines(T root, Function<T, List<Branch<T>>> branches) {
        LineageTree<T> tree = new LineageTree<>(branches);
        tree.lines.add(String.valueOf(root));
        tree.grow(root, "");
        return List.copyOf(tree.lines);
    }

    private void grow(T here, String indent) {
        List<Branch<T>> next = branches.apply(here);
        seen.add(here);
        for (int i = 0; i < next.size(); i++) {
            Branch<T> branch = next.get(i);
            boolean last = i == next.size() - 1;
            boolean again =
                    seen.contains(branch.to()) && !branches.apply(branch.to()).isEmpty();
            lines.add(indent
                    + (last ? "└─ " : "├─ ")
                    + branch.before()
                    + branch.to()
                    + branch.after()
                    + (again ? " …" : ""));
            if (!again) {
                grow(branch.to(), indent + (last ? "   " : "│  "));
            }
        }
    }
}
