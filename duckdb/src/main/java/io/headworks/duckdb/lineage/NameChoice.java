package io.headworks.duckdb.lineage;

import io.headworks.duckdb.inspect.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which columns a {@code COLUMNS(…)} chooses by their names: a regular expression, a list, a pattern in a lambda. */
final class NameChoice {

    private NameChoice() {}

    static Predicate<String> of(Node expression) {
        return switch (expression.text("class")) {
            case "CONSTANT" -> matching(constant(expression));
            case "STAR" -> name -> true;
            case "FUNCTION", "OPERATOR" ->
                expression.text("function_name").equals("list_filter") ? filtered(expression) : among(expression);
            default -> throw unknown();
        };
    }

    private static Predicate<String> matching(String regex) {
        try {
            return Pattern.compile(regex).asPredicate();
        } catch (PatternSyntaxException other) {
            throw new CannotTell("COLUMNS('" + regex + "')");
        }
    }

    /** {@code COLUMNS(c -> …)}: the parser has put all columns before the lambda. */
    private static Predicate<String> filtered(Node filter) {
        List<Node> arguments = Expressions.arguments(filter);
        Node test = arguments.size() == 2 ? arguments.get(1).child("expr") : null;
        if (test == null || !arguments.get(0).text("class").equals("STAR")) {
            throw unknown();
        }
        return condition(test);
    }

    private static Predicate<String> among(Node list) {
        boolean isList = list.text("function_name").equals("list_value")
                || list.text("type").equals("ARRAY_CONSTRUCTOR");
        if (!isList) {
            throw unknown();
        }
        Set<String> names = new HashSet<>();
        Expressions.arguments(list).forEach(each -> names.add(constant(each).toLowerCase(Locale.ROOT)));
        return name -> names.contains(name.toLowerCase(Locale.ROOT));
    }

    private static Predicate<String> condition(Node test) {
        String function = test.text("function_name");
        List<Node> children = Expressions.arguments(test);
        if (test.text("type").equals("OPERATOR_NOT") && children.size() == 1) {
            return condition(children.get(0)).negate();
        }
        if (children.size() != 2) {
            throw unknown();
        }
        String pattern = constant(children.get(1));
        return switch (function) {
            case "~~" -> like(pattern, 0);
            case "!~~" -> like(pattern, 0).negate();
            case "~~*" -> like(pattern, Pattern.CASE_INSENSITIVE);
            case "!~~*" -> like(pattern, Pattern.CASE_INSENSITIVE).negate();
            case "starts_with", "prefix", "^@" -> name -> name.startsWith(pattern);
            case "suffix", "ends_with" -> name -> name.endsWith(pattern);
            case "contains" -> name -> name.contains(pattern);
            default -> throw unknown();
        };
    }

    static Predicate<String> like(String pattern, int flags) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        Pattern compiled = Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
        return name -> compiled.matcher(name).matches();
    }

    static String constant(Node expression) {
        Node literal = expression.child("literal");
        if (literal == null || !literal.text("kind").equals("STRING")) {
            throw unknown();
        }
        return literal.text("text");
    }

    private static CannotTell unknown() {
        return new CannotTell("which columns COLUMNS(…) chooses");
    }
}
