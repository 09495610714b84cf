package io.headworks.core.spec.layout;

import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays out the lines of one file anew: two spaces a level, keys in their canonical order, each with the comments above it.
 * Whole lines move; what stands in them is not touched.
 */
final class BlockLines {
    private static final int STEP = 2;

    private final List<String> lines;
    private final CanonicalOrder order;

    BlockLines(List<String> lines, CanonicalOrder order) {
        this.lines = new ArrayList<>(lines);
        this.order = order;
    }

    /** A document's lines, from {@code from} to before {@code to}; what stands above its first key stays on top. */
    List<String> document(Node root, int from, int to) {
        if (!(root instanceof Node.Mapping map) || !isBlock(map)) {
            return lines.subList(from, to);
        }
        int first = map.entries().get(0).key().line() - 1;
        List<String> out = new ArrayList<>(lines.subList(from, first));
        out.addAll(mapping(map, CanonicalOrder.ROOT, first, to, 0));
        return out;
    }

    private List<String> mapping(Node.Mapping map, CanonicalOrder.Path path, int from, int to, int indent) {
        int count = map.entries().size();
        List<List<String>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int begin = i == 0 ? from : lead(key(map, i), key(map, i - 1) + 1);
            int end = i + 1 == count ? to : lead(key(map, i + 1), key(map, i) + 1);
            parts.add(entry(map.entries().get(i), path, begin, end, indent));
        }
        List<String> names = map.entries().stream().map(Node.Entry::name).toList();
        List<Integer> ranks = order.ranks(path, names);
        return IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparing(ranks::get))
                .flatMap(i -> parts.get(i).stream())
                .toList();
    }

    private static int key(Node.Mapping map, int entry) {
        return map.entries().get(entry).key().line() - 1;
    }

    private List<String> entry(Node.Entry entry, CanonicalOrder.Path path, int from, int to, int indent) {
        int key = entry.key().line() - 1;
        Node value = entry.value();
        List<String> out = comments(from, key, indent);
        boolean below = value.line() - 1 > key && isBlock(value);
        if (!below) {
            out.addAll(shifted(key, to, indent));
            return out;
        }
        out.add(" ".repeat(indent) + lines.get(key).strip());
        CanonicalOrder.Path inner = path.key(entry.name());
        out.addAll(
                value instanceof Node.Mapping map
                        ? mapping(map, inner, key + 1, to, indent + STEP)
                        : sequence((Node.Sequence) value, inner, key + 1, to, indent + STEP));
        return out;
    }

    private List<String> sequence(Node.Sequence items, CanonicalOrder.Path path, int from, int to, int indent) {
        List<String> out = new ArrayList<>();
        int count = items.items().size();
        for (int i = 0; i < count; i++) {
            int dash = items.items().get(i).line() - 1;
            int begin = i == 0 ? from : lead(dash, items.items().get(i - 1).line());
            int end = i + 1 == count ? to : lead(items.items().get(i + 1).line() - 1, dash + 1);
            out.addAll(item(items.items().get(i), path, begin, end, indent));
        }
        return out;
    }

    private List<String> item(Node item, CanonicalOrder.Path path, int from, int to, int indent) {
        int dash = item.line() - 1;
        List<String> out = comments(from, dash, indent);
        String line = lines.get(dash);
        int at = line.length() - line.stripLeading().length();
        if (!(item instanceof Node.Mapping map) || !isBlock(map) || line.charAt(at) != '-') {
            out.addAll(shifted(dash, to, indent));
            return out;
        }
        lines.set(dash, line.substring(0, at) + " " + line.substring(at + 1));
        List<String> inside = new ArrayList<>(mapping(map, path, dash, to, indent + STEP));
        int first = 0;
        while (isComment(inside.get(first))) {
            first++;
        }
        inside.set(first, " ".repeat(indent) + "- " + inside.get(first).stripLeading());
        out.addAll(inside);
        return out;
    }

    /** The first of the blank lines and comments above a line that belong to it: those not deeper than itself. */
    private int lead(int line, int lowest) {
        int depth = depth(lines.get(line));
        int first = line;
        while (first > lowest && isComment(lines.get(first - 1)) && depth(lines.get(first - 1)) <= depth) {
            first--;
        }
        return first;
    }

    private List<String> comments(int from, int to, int indent) {
        List<String> out = new ArrayList<>();
        for (String line : lines.subList(from, to)) {
            out.add(line.isBlank() ? "" : " ".repeat(indent) + line.strip());
        }
        return out;
    }

    /** Lines as a whole, so that texts of several lines keep their shape. */
    private List<String> shifted(int from, int to, int indent) {
        int by = indent - depth(lines.get(from));
        List<String> out = new ArrayList<>();
        for (String line : lines.subList(from, to)) {
            int depth = depth(line);
            out.add(line.isBlank() ? line : " ".repeat(Math.max(0, depth + by)) + line.substring(depth));
        }
        return out;
    }

    private static int depth(String line) {
        return line.isBlank() ? 0 : line.length() - line.stripLeading().length();
    }

    private static boolean isComment(String line) {
        return line.isBlank() || line.stripLeading().startsWith("#");
    }

    /** Not in braces or brackets: it begins with its first key or a dash. */
    private boolean isBlock(Node node) {
        if (node instanceof Node.Mapping map) {
            return !map.entries().isEmpty()
                    && map.entries().get(0).key().line() == map.line()
                    && map.entries().get(0).key().column() == map.column();
        }
        return node instanceof Node.Sequence sequence
                && !sequence.items().isEmpty()
                && lines.get(sequence.line() - 1).stripLeading().startsWith("-");
    }
}
