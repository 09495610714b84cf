package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.Variable;
import io.headworks.core.spec.yaml.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Fills in {@code ${env:NAME}}, {@code ${file:path}} and {@code ${var:name}}. What came from the environment or a file
 * is remembered, because it may be secret wherever it was used.
 */
public final class Placeholders {
    /** A shorter text would mask half of everything that is printed. */
    private static final int SHORTEST_MASKED = 4;

    private final Path folder;
    private final UnaryOperator<@Nullable String> environment;
    private final Map<String, Variable> variables;
    private final Set<String> sensitive;
    private final boolean valuesWanted;

    private Placeholders(
            Path folder,
            UnaryOperator<@Nullable String> environment,
            Map<String, Variable> variables,
            Set<String> sensitive,
            boolean valuesWanted) {
        this.folder = folder;
        this.environment = environment;
        this.variables = variables;
        this.sensitive = sensitive;
        this.valuesWanted = valuesWanted;
    }

    /** @param environment looks up a variable of the process */
    public Placeholders(Path folder, UnaryOperator<@Nullable String> environment) {
        this(folder, environment, Map.of(), ConcurrentHashMap.newKeySet(), true);
    }

    public Placeholders with(Map<String, Variable> known) {
        return new Placeholders(folder, environment, known, sensitive, valuesWanted);
    }

    /** For definitions that are only looked at, as those of other environments: nothing is looked up or missing. */
    public Placeholders unfilled() {
        return new Placeholders(folder, environment, variables, sensitive, false);
    }

    public Set<String> sensitive() {
        return sensitive;
    }

    /** Remembers a text that must be masked. */
    void remember(String text, boolean secret) {
        if (!valuesWanted) {
            return;
        }
        if (text.length() >= SHORTEST_MASKED || (secret && !text.isEmpty())) {
            sensitive.add(text);
        }
    }

    static boolean present(String text) {
        return text.contains("${");
    }

    /** The text with everything filled in; null when something is missing, which was reported. */
    @Nullable
    String fill(Node.Scalar scalar, boolean secret, Reading in) {
        String text = scalar.text();
        if (!present(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        boolean complete = true;
        int at = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", at)) {
            int close = text.indexOf('}', open);
            out.append(text, at, open);
            @Nullable
            String value =
                    close < 0 ? unclosed(scalar, in) : value(text.substring(open + 2, close), secret, scalar, in);
            complete &= value != null;
            out.append(value);
            at = close < 0 ? text.length() : close + 1;
        }
        return complete ? out.append(text, at, text.length()).toString() : null;
    }

    private static @Nullable String unclosed(Node.Scalar scalar, Reading in) {
        in.refuse(scalar, "unknown-placeholder", "'${' is never closed", "close it with }");
        return null;
    }

    private @Nullable String value(String name, boolean secret, Node.Scalar scalar, Reading in) {
        int colon = name.indexOf(':');
        String key = name.substring(colon + 1);
        return switch (colon < 0 ? name : name.substring(0, colon)) {
            case "env" -> fromEnvironment(key, secret, scalar, in);
            case "file" -> fromFile(key, secret, scalar, in);
            case "var" -> fromVariable(key, scalar, in);
            case "table", "schema" -> {
                in.refuse(
                        scalar,
                        "unknown-placeholder",
                        "${" + name + "} has a meaning in a pipeline of many tables only",
                        "write extract.tables, or the table's name");
                yield null;
            }
            default -> {
                in.refuse(
                        scalar,
                        "unknown-placeholder",
                        "${" + name + "} is not known (allowed: ${env:NAME}, ${file:path}, ${var:name})",
                        null);
                yield null;
            }
        };
    }

    private @Nullable String fromEnvironment(String name, boolean secret, Node.Scalar scalar, Reading in) {
        @Nullable String value = valuesWanted ? environment.apply(name) : "${env:" + name + "}";
        if (value == null) {
            in.refuse(
                    scalar,
                    "missing-variable",
                    "environment variable " + name + " is not set",
                    "export " + name + "=…");
            return null;
        }
        remember(value, secret);
        return value;
    }

    private @Nullable String fromFile(String name, boolean secret, Node.Scalar scalar, Reading in) {
        if (!valuesWanted) {
            return "${file:" + name + "}";
        }
        try {
            String value = Files.readString(folder.resolve(name)).stripTrailing();
            remember(value, secret);
            return value;
        } catch (IOException | RuntimeException unreadable) {
            in.refuse(scalar, "missing-variable", "file " + name + " cannot be read", null);
            return null;
        }
    }

    private @Nullable String fromVariable(String name, Node.Scalar scalar, Reading in) {
        Variable variable = variables.get(name);
        if (variable == null) {
            String nearest = Nearest.to(name, variables.keySet());
            in.refuse(
                    scalar,
                    "unknown-variable",
                    "variable '" + name + "' is not declared",
                    nearest == null
                            ? "declare it under variables in headworks.yml"
                            : "did you mean '" + nearest + "'?");
            return null;
        }
        if (variable.value() == null && valuesWanted) {
            in.refuse(
                    scalar,
                    "missing-variable",
                    "variable '" + name + "' has no value",
                    "give it a default, or run with --var " + name + "=…");
        }
        return variable.value() == null && !valuesWanted ? "${var:" + name + "}" : variable.value();
    }
}
