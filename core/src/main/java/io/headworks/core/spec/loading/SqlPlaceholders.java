package io.headworks.core.spec.loading;

import io.headworks.core.spec.Variable;
import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Proves that each {@code {{ name }}} in SQL has a meaning. */
final class SqlPlaceholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(.*?)\\s*}}", Pattern.DOTALL);
    private static final List<String> RUN_VALUES = List.of("from", "to", "now", "run_id", "env");

    private final Map<String, Variable> variables;
    private final Problems problems;

    SqlPlaceholders(Map<String, Variable> variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    void check(SqlText text) {
        Matcher matcher = PLACEHOLDER.matcher(text.sql());
        while (matcher.find()) {
            String name = matcher.group(1);
            List<String> allowed = allowed(text.path());
            boolean ofModel = text.path().equals(ModelReview.KEY);
            if (name.matches("(?s)changed\\b.*")) {
                if (!ofModel) {
                    report(
                            text,
                            matcher.start(),
                            "unknown-placeholder",
                            "{{ changed(…) }} has a meaning in SQL models only",
                            "an extract goes on by its incremental_key");
                }
            } else if (ofModel && (name.equals("from") || name.equals("to"))) {
                report(text, matcher.start(), "not-yet", "slices of SQL models are not built yet", null);
            } else if (!allowed.contains(name)) {
                String nearest = Nearest.to(name, allowed);
                report(
                        text,
                        matcher.start(),
                        "unknown-placeholder",
                        "{{ " + name + " }} is not known (allowed: " + String.join(", ", allowed) + ")",
                        nearest == null ? null : "did you mean {{ " + nearest + " }}?");
            } else if (name.startsWith("var.")) {
                valued(text, matcher.start(), name.substring("var.".length()));
            }
        }
    }

    private List<String> allowed(String path) {
        List<String> allowed = new ArrayList<>();
        if (path.startsWith("transform.")) {
            allowed.add("input");
        } else if (path.endsWith(".rows") || path.endsWith(".select")) {
            allowed.add("table");
        }
        allowed.addAll(RUN_VALUES);
        variables.keySet().forEach(name -> allowed.add("var." + name));
        return allowed;
    }

    private void valued(SqlText text, int offset, String name) {
        Variable variable = variables.get(name);
        if (variable != null && variable.value() == null) {
            report(
                    text,
                    offset,
                    "missing-variable",
                    "variable '" + name + "' has no value",
                    "give it a default, or run with --var " + name + "=…");
        }
    }

    private void report(SqlText text, int offset, String code, String reason, @Nullable String hint) {
        problems.error(text.place(offset), code, "Cannot use SQL of " + text.path() + ": " + reason, hint);
    }
}
