package io.headworks.core.service;

import io.headworks.core.spec.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public document of {@code hw validate}. */
public final class ProblemDocument {

    private ProblemDocument() {}

    public static Map<String, @Nullable Object> of(List<Problem> problems) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("problems", problems.stream().map(ProblemDocument::of).toList());
        return tree;
    }

    private static Map<String, @Nullable Object> of(Problem problem) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("file", problem.file());
        tree.put("line", problem.line());
        tree.put("column", problem.column());
        tree.put("code", problem.code());
        tree.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
        tree.put("message", problem.message());
        tree.put("hint", problem.hint());
        return tree;
    }
}
