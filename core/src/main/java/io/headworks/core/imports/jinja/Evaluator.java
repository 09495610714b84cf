package io.headworks.core.imports.jinja;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Works out expressions over the values in scope. */
final class Evaluator {
    private final Map<String, Object> scope;

    /** @param scope the names that there are; read at each use */
    Evaluator(Map<String, Object> scope) {
        this.scope = scope;
    }

    /** @throws NotRewritable when there is no value that can be known */
    Object value(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return literal.value();
        } else if (expression instanceof Expression.Name name) {
            return named(name.name());
        } else if (expression instanceof Expression.Attribute attribute) {
            return attribute(attribute);
        } else if (expression instanceof Expression.Index index) {
            return at(value(index.of()), value(index.at()));
        } else if (expression instanceof Expression.Call call) {
            return call(call);
        } else if (expression instanceof Expression.Items items) {
            return new ArrayList<>(items.items().stream().map(this::value).toList());
        } else if (expression instanceof Expression.Entries entries) {
            return entries(entries);
        } else if (expression instanceof Expression.Filter filter) {
            return filtered(filter);
        }
        return decided(expression);
    }

    private Object decided(Expression expression) {
        if (expression instanceof Expression.Not not) {
            return !truth(value(not.of()));
        } else if (expression instanceof Expression.Negative negative) {
            return arithmetic("-", 0L, value(negative.of()));
        } else if (expression instanceof Expression.Binary binary) {
            return binary(binary);
        } else if (expression instanceof Expression.Choice choice) {
            return truth(value(choice.condition())) ? value(choice.then()) : value(choice.otherwise());
        } else if (expression instanceof Expression.Test test) {
            return tested(test) != test.negated();
        }
        throw new NotRewritable("the expression is not known");
    }

    static boolean truth(Object value) {
        return !(value == None.NONE
                || value.equals(false)
                || value.equals("")
                || value.equals(0L)
                || value instanceof List<?> list && list.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty());
    }

    /** As it is printed. */
    static String text(Object value) {
        if (value instanceof Boolean bool) {
            return bool ? "True" : "False";
        } else if (value instanceof String || value instanceof Long) {
            return value.toString();
        } else if (value instanceof BigDecimal number) {
            return number.toPlainString();
        } else if (value == None.NONE) {
            return "None";
        }
        throw new NotRewritable("a list, a map or a function cannot be written into SQL");
    }

    private Object named(String name) {
        Object value = scope.get(name);
        if (value == null) {
            throw new NotRewritable("'" + name + "' is not known");
        }
        return value;
    }

    private Object attribute(Expression.Attribute attribute) {
        Object of = value(attribute.of());
        String name = attribute.name();
        if (of instanceof Map<?, ?> map && map.containsKey(name)) {
            return attributeOf(map, name);
        }
        Callable method = Methods.of(of, name);
        if (method == null) {
            String path = Expression.path(attribute);
            throw new NotRewritable("'" + (path == null ? name : path) + "' is not known");
        }
        return method;
    }

    private static Object attributeOf(Map<?, ?> map, String name) {
        Object value = map.get(name);
        return value == null ? None.NONE : value;
    }

    private static Object at(Object of, Object index) {
        if (of instanceof List<?> list && index instanceof Long place) {
            int from = (int) (place < 0 ? list.size() + place : place);
            if (from >= 0 && from < list.size()) {
                return list.get(from);
            }
        } else if (of instanceof Map<?, ?> map && map.containsKey(index)) {
            return attributeOf(map, index.toString());
        }
        throw new NotRewritable("there is nothing at [" + index + "]");
    }

    private Object call(Expression.Call call) {
        Object callee = value(call.callee());
        if (!(callee instanceof Callable function)) {
            throw new NotRewritable("'" + Expression.path(call.callee()) + "' is no function");
        }
        Map<String, Object> named = new LinkedHashMap<>();
        call.named().forEach((name, argument) -> named.put(name, value(argument)));
        return function.call(call.arguments().stream().map(this::value).toList(), named);
    }

    private Object entries(Expression.Entries entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.keys().size(); i++) {
            map.put(text(value(entries.keys().get(i))), value(entries.values().get(i)));
        }
        return map;
    }

    private boolean tested(Expression.Test test) {
        if (test.name().equals("defined")) {
            try {
                value(test.of());
                return true;
            } catch (NotRewritable undefined) {
                return false;
            }
        }
        Object value = value(test.of());
        return switch (test.name()) {
            case "none" -> value == None.NONE;
            case "string" -> value instanceof String;
            case "number" -> value instanceof Long || value instanceof BigDecimal;
            case "mapping" -> value instanceof Map;
            case "iterable", "sequence" -> value instanceof List;
            default -> throw new NotRewritable("the test 'is " + test.name() + "' is not known");
        };
    }

    private Object binary(Expression.Binary binary) {
        Object left = value(binary.left());
        switch (binary.operator()) {
            case "and":
                return truth(left) ? value(binary.right()) : left;
            case "or":
                return truth(left) ? left : value(binary.right());
            default:
                break;
        }
        Object right = value(binary.right());
        return switch (binary.operator()) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "~" -> text(left) + text(right);
            case "in" ->
                right instanceof List<?> list
                        ? list.contains(left)
                        : right instanceof Map<?, ?> map
                                ? map.containsKey(left)
                                : text(right).contains(text(left));
            case "<", ">", "<=", ">=" -> compared(binary.operator(), left, right);
            default -> arithmetic(binary.operator(), left, right);
        };
    }

    private static boolean equal(Object left, Object right) {
        return isNumber(left) && isNumber(right) ? number(left).compareTo(number(right)) == 0 : left.equals(right);
    }

    private static boolean compared(String operator, Object left, Object right) {
        int order = left instanceof String a && right instanceof String b
                ? a.compareTo(b)
                : number(left).compareTo(number(right));
        return operator.startsWith("<")
                ? order < 0 || order == 0 && operator.equals("<=")
                : order > 0 || order == 0 && operator.equals(">=");
    }

    private static Object arithmetic(String operator, Object left, Object right) {
        if (operator.equals("+") && left instanceof String a && right instanceof String b) {
            return a + b;
        } else if (operator.equals("+") && left instanceof List<?> a && right instanceof List<?> b) {
            List<Object> both = new ArrayList<>(a);
            both.addAll(b);
            return both;
        } else if (left instanceof Long a && right instanceof Long b) {
            return whole(operator, a, b);
        }
        return switch (operator) {
            case "+" -> number(left).add(number(right));
            case "-" -> number(left).subtract(number(right));
            case "*" -> number(left).multiply(number(right));
            default -> throw new NotRewritable("'" + operator + "' of these values is not worked out");
        };
    }

    private static Object whole(String operator, long left, long right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "//", "%" -> {
                if (right == 0) {
                    throw new NotRewritable("a division by zero");
                }
                yield operator.equals("%") ? Math.floorMod(left, right) : Math.floorDiv(left, right);
            }
            default -> throw new NotRewritable("'" + operator + "' is not worked out");
        };
    }

    private static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof BigDecimal;
    }

    private static BigDecimal number(Object value) {
        if (value instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        } else if (value instanceof BigDecimal number) {
            return number;
        }
        throw new NotRewritable("a number is missing");
    }

    private Object filtered(Expression.Filter filter) {
        if (filter.name().equals("default")) {
            return defaulted(filter);
        }
        Object value = value(filter.of());
        List<Object> arguments = filter.arguments().stream().map(this::value).toList();
        return switch (filter.name()) {
            case "upper" -> text(value).toUpperCase(Locale.ROOT);
            case "lower" -> text(value).toLowerCase(Locale.ROOT);
            case "trim" -> text(value).strip();
            case "string" -> text(value);
            case "list" -> value instanceof Map<?, ?> map ? new ArrayList<Object>(map.keySet()) : items(value);
            case "length", "count" ->
                (long)
                        (value instanceof String text
                                ? text.length()
                                : items(value).size());
            case "first" -> at(value, 0L);
            case "last" -> at(value, -1L);
            case "int" -> whole(value);
            case "replace" -> text(value).replace(text(arguments.get(0)), text(arguments.get(1)));
            case "join" ->
                items(value).stream()
                        .map(Evaluator::text)
                        .collect(Collectors.joining(arguments.isEmpty() ? "" : text(arguments.get(0))));
            default -> throw new NotRewritable("the filter '" + filter.name() + "' is not known");
        };
    }

    private static Object whole(Object value) {
        if (value instanceof Long) {
            return value;
        } else if (value instanceof String text && text.matches("-?\\d{1,18}")) {
            return Long.valueOf(text);
        }
        throw new NotRewritable("a whole number is missing");
    }

    private Object defaulted(Expression.Filter filter) {
        try {
            return value(filter.of());
        } catch (NotRewritable undefined) {
            if (!filter.arguments().isEmpty() && Expression.path(filter.of()) != null) {
                return value(filter.arguments().get(0));
            }
            throw undefined;
        }
    }

    @SuppressWarnings("unchecked")
    static List<Object> items(Object value) {
        if (value instanceof List<?> list) {
            return (List<Object>) list;
        } else if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        throw new NotRewritable("there is nothing to go through");
    }
}
