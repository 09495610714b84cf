package io.headworks.core.spec.descriptor;

import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One definition being read: where problems go, what may be referred to, and what was met on the way. One thread. */
public final class Reading {
    private final Problems problems;
    private final Placeholders placeholders;
    private final Known known;
    private final ProjectFiles files;
    private final Deque<String> path = new ArrayDeque<>();
    private final List<SqlText> sql = new ArrayList<>();
    private final List<DatasetMention> datasets = new ArrayList<>();

    public Reading(Problems problems, Placeholders placeholders, Known known, ProjectFiles files) {
        this.problems = problems;
        this.placeholders = placeholders;
        this.known = known;
        this.files = files;
    }

    public Known known() {
        return known;
    }

    public ProjectFiles files() {
        return files;
    }

    public Problems problems() {
        return problems;
    }

    public List<SqlText> sql() {
        return sql;
    }

    public List<DatasetMention> datasets() {
        return datasets;
    }

    public void mention(SqlText text) {
        sql.add(text);
    }

    public void mention(DatasetName dataset, Node node) {
        datasets.add(new DatasetMention(path(), dataset, node));
    }

    /** Reads a part; {@code step} names it in messages, as {@code load} or {@code [2]}. */
    public <T> @Nullable T part(String step, Kind<T> kind, Node node) {
        path.addLast(step);
        try {
            return kind.read(node, this);
        } finally {
            path.removeLast();
        }
    }

    /** The key being read, as {@code transform.stages[1].name}. */
    public String path() {
        StringBuilder out = new StringBuilder();
        for (Iterator<String> steps = path.iterator(); steps.hasNext(); ) {
            String step = steps.next();
            out.append(out.length() == 0 || step.startsWith("[") ? "" : ".").append(step);
        }
        return out.toString();
    }

    /** Reports "Cannot use KEY: reason". */
    public void refuse(Node node, String code, String reason, @Nullable String hint) {
        problems.error(node.place(), code, "Cannot use " + path() + ": " + reason, hint);
    }

    /** The text of a single value, filled in; null when it is none, which was reported. */
    public @Nullable String text(Node node, String expected) {
        return text(node, expected, false);
    }

    @Nullable
    String text(Node node, String expected, boolean secret) {
        if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
            return placeholders.fill(scalar, secret, this);
        }
        refuse(
                node,
                "wrong-type",
                "it is " + (node.isNull() ? "empty" : node.kind()) + " (allowed: " + expected + ")",
                null);
        return null;
    }

    void remember(String secret) {
        placeholders.remember(secret, true);
    }
}
