package io.headworks.core.imports.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands between the brackets of a template. */
public sealed interface Expression {
    record Literal(Object value) implements Expression {}

    record Name(String name) implements Expression {}

    record Attribute(Expression of, String name) implements Expression {}

    record Index(Expression of, Expression at) implements Expression {}

    record Call(Expression callee, List<Expression> arguments, Map<String, Expression> named) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
            named = new LinkedHashMap<>(named);
        }
    }

    record Items(List<Expression> items) implements Expression {
        public Items {
            items = List.copyOf(items);
        }
    }

    record Entries(List<Expression> keys, List<Expression> values) implements Expression {
        public Entries {
            keys = List.copyOf(keys);
            values = List.copyOf(values);
        }
    }

    record Not(Expression of) implements Expression {}

    record Negative(Expression of) implements Expression {}

    record Binary(String operator, Expression left, Expression right) implements Expression {}

    record Choice(Expression condition, Expression then, Expression otherwise) implements Expression {}

    record Filter(Expression of, String name, List<Expression> arguments) implements Expression {
        public Filter {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code x is defined}, {@code x is not none}. */
    record Test(Expression of, String name, boolean negated) implements Expression {}

    /** The dotted name that an expression is; null for any other. */
    static @Nullable String path(Expression expression) {
        if (expression instanceof Name name) {
            return name.name();
        }
        String of = expression instanceof Attribute attribute ? path(attribute.of()) : null;
        return of == null ? null : of + "." + ((Attribute) expression).name();
    }

    /** True for a call of the function of that name. */
    static boolean calls(Expression expression, String function) {
        return expression instanceof Call call && function.equals(path(call.callee()));
    }
}
