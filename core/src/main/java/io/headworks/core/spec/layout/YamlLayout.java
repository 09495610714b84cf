package io.headworks.core.spec.layout;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.descriptor.Described;
import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The one layout of project files: two spaces a level, keys in the order of the reference, comments with what they are
 * about. The result is read again, and refused when it would mean anything else or lose a comment.
 */
public final class YamlLayout {
    private final CanonicalOrder order;

    /** @param reference the objects of the reference, which say how keys are ordered */
    public YamlLayout(Collection<Described> reference) {
        this.order = new CanonicalOrder(reference);
    }

    /**
     * The text laid out anew.
     *
     * @throws HeadworksException when the file cannot be read, or cannot be laid out without changing it
     */
    public String of(String file, String text) {
        List<Node> documents = read(file, text);
        List<String> lines = text.lines().toList();
        List<String> out = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < documents.size(); i++) {
            int to = i + 1 == documents.size()
                    ? lines.size()
                    : separator(lines, documents.get(i + 1).line() - 1);
            out.addAll(new BlockLines(lines, order).document(documents.get(i), from, to));
            from = to;
        }
        String result = String.join("\n", out).stripTrailing() + "\n";
        requireSame(file, text, result, documents);
        return result;
    }

    private static List<Node> read(String file, String text) {
        YamlReader.Documents read = YamlReader.read(file, text.getBytes(StandardCharsets.UTF_8));
        if (!read.problems().isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot format " + file + ": " + read.problems().get(0).message());
        }
        return read.nodes();
    }

    /** The line of the {@code ---} before a document. */
    private static int separator(List<String> lines, int first) {
        int line = first;
        while (line > 0 && !lines.get(line).startsWith("---")) {
            line--;
        }
        return line;
    }

    private void requireSame(String file, String before, String after, List<Node> documents) {
        List<Node> now = read(file, after);
        boolean same = now.size() == documents.size() && comments(before).equals(comments(after));
        for (int i = 0; same && i < now.size(); i++) {
            same = same(documents.get(i), now.get(i), CanonicalOrder.ROOT);
        }
        if (!same) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot format " + file + ": its layout cannot be changed without changing what it says",
                    "nothing was written; simplify its comments, anchors or texts of several lines");
        }
    }

    private static List<String> comments(String text) {
        return text.lines()
                .filter(line -> line.contains("#"))
                .map(String::strip)
                .map(line -> line.startsWith("- ") ? line.substring(2).strip() : line)
                .sorted()
                .toList();
    }

    private boolean same(Node one, Node other, CanonicalOrder.Path path) {
        if (one instanceof Node.Scalar a && other instanceof Node.Scalar b) {
            return a.text().equals(b.text()) && a.style() == b.style();
        } else if (one instanceof Node.Sequence a && other instanceof Node.Sequence b) {
            boolean same = a.items().size() == b.items().size();
            for (int i = 0; same && i < a.items().size(); i++) {
                same = same(a.items().get(i), b.items().get(i), path);
            }
            return same;
        } else if (one instanceof Node.Mapping a && other instanceof Node.Mapping b) {
            return sameEntries(a, b, path);
        }
        return false;
    }

    private boolean sameEntries(Node.Mapping a, Node.Mapping b, CanonicalOrder.Path path) {
        List<String> before = a.entries().stream().map(Node.Entry::name).toList();
        List<String> after = b.entries().stream().map(Node.Entry::name).toList();
        boolean keys = order.isFree(path)
                ? before.stream()
                        .sorted()
                        .toList()
                        .equals(after.stream().sorted().toList())
                : before.equals(after);
        return keys
                && a.entries().stream().allMatch(entry -> {
                    Node there = b.get(entry.name());
                    return there != null && same(entry.value(), there, path.key(entry.name()));
                });
    }
}
