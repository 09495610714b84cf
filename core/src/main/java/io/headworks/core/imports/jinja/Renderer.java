package io.headworks.core.imports.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a template out. What has no value that can be known is left out and listed. One template, one thread. */
public final class Renderer {
    /** A loop or macro that goes on for ever must not take the program along. */
    private static final int DEEPEST = 50;

    private static final int LONGEST = 2_000_000;

    /** What the user of a renderer treats in a way of its own. */
    public interface Rewriting {
        /** What stands for an output; null to have it worked out. */
        @Nullable
        String output(Expression expression);

        /**
         * What stands for a condition; null to have it worked out.
         *
         * @param before what was written before it
         * @param inside writes pieces out, and lists what it cannot in the given list
         */
        @Nullable
        String condition(Piece.If condition, String before, Inside inside);
    }

    /** Writes pieces out in the scope that they stand in. */
    @FunctionalInterface
    public interface Inside {
        String render(List<Piece> pieces, List<Unrendered> unrendered);
    }

    /** What was left out. */
    public record Unrendered(int line, String code, String reason) {}

    private final Rewriting rewriting;
    private final Map<String, Object> scope;
    private final Deque<String> calls;
    private List<Unrendered> unrendered;

    public Renderer(Map<String, Object> globals, Rewriting rewriting) {
        this(new HashMap<>(globals), rewriting, new ArrayDeque<>(), new ArrayList<>());
    }

    /** @param calls the macros under way, shared by all renderers of a template */
    private Renderer(Map<String, Object> scope, Rewriting rewriting, Deque<String> calls, List<Unrendered> unrendered) {
        this.scope = scope;
        this.rewriting = rewriting;
        this.calls = calls;
        this.unrendered = unrendered;
    }

    /** What was left out so far, in order. */
    public List<Unrendered> unrendered() {
        return List.copyOf(unrendered);
    }

    /** Makes macros known; a name that has a meaning already keeps it. Answers them all by name. */
    public Map<String, Callable> define(List<Piece> pieces) {
        Map<String, Callable> macros = new HashMap<>();
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Macro macro) {
                macros.put(macro.name(), macro(macro));
            }
        }
        macros.forEach(scope::putIfAbsent);
        return macros;
    }

    public String render(List<Piece> pieces) {
        StringBuilder out = new StringBuilder();
        pieces.forEach(piece -> guarded(piece, out));
        return out.toString();
    }

    private void guarded(Piece piece, StringBuilder out) {
        try {
            write(piece, out);
            if (out.length() > LONGEST) {
                throw new NotRewritable("it grows beyond " + LONGEST + " characters");
            }
        } catch (NotRewritable unknown) {
            unrendered.add(new Unrendered(piece.line(), code(piece), unknown.reason()));
        }
    }

    private void write(Piece piece, StringBuilder out) {
        Evaluator evaluator = new Evaluator(scope);
        if (piece instanceof Piece.Text text) {
            out.append(text.text());
        } else if (piece instanceof Piece.Comment comment) {
            // Without one, two words that stood around it could become one.
            out.append(comment.text().contains("*/") ? " " : "/* " + comment.text() + " */");
        } else if (piece instanceof Piece.Output output) {
            String own = rewriting.output(output.expression());
            out.append(own != null ? own : Evaluator.text(evaluator.value(output.expression())));
        } else if (piece instanceof Piece.Do action) {
            evaluator.value(action.expression());
        } else if (piece instanceof Piece.Set set) {
            scope.remove(set.name());
            scope.put(set.name(), evaluator.value(set.value()));
        } else if (piece instanceof Piece.SetBlock set) {
            scope.put(set.name(), render(set.body()));
        } else if (piece instanceof Piece.If condition) {
            out.append(branch(condition, evaluator, out.toString()));
        } else if (piece instanceof Piece.For loop) {
            loop(loop, evaluator, out);
        } else if (piece instanceof Piece.Macro macro) {
            scope.put(macro.name(), macro(macro));
        } else if (piece instanceof Piece.Block block) {
            throw new NotRewritable("the block '" + block.kind() + "' is not expected here");
        } else if (piece instanceof Piece.Unknown unknown) {
            throw new NotRewritable(unknown.reason());
        }
    }

    private String branch(Piece.If condition, Evaluator evaluator, String before) {
        String own = rewriting.condition(condition, before, this::apart);
        if (own != null) {
            return own;
        }
        for (Piece.Branch branch : condition.branches()) {
            if (Evaluator.truth(evaluator.value(branch.condition()))) {
                return render(branch.body());
            }
        }
        return render(condition.otherwise());
    }

    private String apart(List<Piece> pieces, List<Unrendered> found) {
        List<Unrendered> own = unrendered;
        unrendered = found;
        try {
            return render(pieces);
        } finally {
            unrendered = own;
        }
    }

    private void loop(Piece.For loop, Evaluator evaluator, StringBuilder out) {
        List<Object> items = List.copyOf(Evaluator.items(evaluator.value(loop.in())));
        Map<String, Object> before = new HashMap<>(scope);
        for (int i = 0; i < items.size(); i++) {
            bind(loop.names(), items.get(i));
            scope.put(
                    "loop",
                    Map.of(
                            "index",
                            i + 1L,
                            "index0",
                            (long) i,
                            "first",
                            i == 0,
                            "last",
                            i == items.size() - 1,
                            "length",
                            (long) items.size()));
            out.append(render(loop.body()));
        }
        scope.clear();
        scope.putAll(before);
    }

    private void bind(List<String> names, Object item) {
        if (names.size() == 1) {
            scope.put(names.get(0), item);
        } else if (item instanceof List<?> parts && parts.size() == names.size()) {
            for (int i = 0; i < names.size(); i++) {
                scope.put(names.get(i), parts.get(i));
            }
        } else {
            throw new NotRewritable("the loop names " + names.size() + " values, and there are others");
        }
    }

    private Callable macro(Piece.Macro macro) {
        return (arguments, named) -> {
            if (calls.size() >= DEEPEST) {
                throw new NotRewritable("macro " + macro.name() + "() calls itself without end");
            }
            List<Unrendered> failed = new ArrayList<>();
            Renderer inner = new Renderer(new HashMap<>(scope), rewriting, calls, failed);
            bindArguments(macro, arguments, named, inner.scope);
            calls.push(macro.name());
            String text = inner.render(macro.body()).strip();
            calls.pop();
            if (!failed.isEmpty()) {
                throw new NotRewritable(
                        "macro " + macro.name() + "(): " + failed.get(0).reason());
            }
            return text;
        };
    }

    private static void bindArguments(
            Piece.Macro macro, List<Object> arguments, Map<String, Object> named, Map<String, Object> into) {
        int places = macro.parameters().size();
        if (arguments.size() > places
                || named.keySet().stream()
                        .anyMatch(name -> macro.parameters().stream()
                                .noneMatch(parameter -> parameter.name().equals(name)))) {
            throw new NotRewritable("macro " + macro.name() + "() has other parameters");
        }
        for (int i = 0; i < places; i++) {
            Piece.Parameter parameter = macro.parameters().get(i);
            Expression otherwise = parameter.otherwise();
            Object value = Callable.argument(
                    arguments,
                    named,
                    i,
                    parameter.name(),
                    otherwise == null ? None.NONE : new Evaluator(into).value(otherwise));
            into.put(parameter.name(), value);
        }
    }

    private static String code(Piece piece) {
        if (piece instanceof Piece.Output output) {
            return "{{ " + output.code() + " }}";
        } else if (piece instanceof Piece.Do action) {
            return "{% " + action.code() + " %}";
        } else if (piece instanceof Piece.If condition) {
            return "{% " + condition.code() + " %}";
        } else if (piece instanceof Piece.For loop) {
            return "{% " + loop.code() + " %}";
        } else if (piece instanceof Piece.Set set) {
            return "{% set " + set.name() + " %}";
        } else if (piece instanceof Piece.SetBlock set) {
            return "{% set " + set.name() + " %}";
        }
        return piece instanceof Piece.Unknown unknown ? "{% " + unknown.code() + " %}" : "";
    }
}
