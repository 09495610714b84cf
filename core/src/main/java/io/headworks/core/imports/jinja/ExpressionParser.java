package io.headworks.core.imports.jinja;

import io.headworks.core.imports.jinja.Expression.Binary;
import io.headworks.core.imports.jinja.Expression.Literal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads expressions, by precedence from the loosest to the tightest. */
final class ExpressionParser {
    private static final List<String> COMPARISONS = List.of("==", "!=", "<=", ">=", "<", ">");

    private final Tokens tokens;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** @throws NotRewritable when it is none */
    static Expression parse(String code) {
        Tokens tokens = new Tokens(code);
        Expression expression = new ExpressionParser(tokens).expression();
        if (!tokens.isAtEnd()) {
            throw new NotRewritable("'" + tokens.peek().text() + "' is not expected there");
        }
        return expression;
    }

    Expression expression() {
        Expression then = or();
        if (!tokens.take("if")) {
            return then;
        }
        Expression condition = or();
        Expression otherwise = tokens.take("else") ? expression() : new Literal("");
        return new Expression.Choice(condition, then, otherwise);
    }

    private Expression or() {
        Expression left = and();
        while (tokens.take("or")) {
            left = new Binary("or", left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.take("and")) {
            left = new Binary("and", left, not());
        }
        return left;
    }

    private Expression not() {
        return tokens.take("not") ? new Expression.Not(not()) : comparison();
    }

    private Expression comparison() {
        Expression left = sum();
        while (true) {
            String operator = tokens.takeOneOf(COMPARISONS);
            if (operator != null) {
                left = new Binary(operator, left, sum());
            } else if (tokens.take("in")) {
                left = new Binary("in", left, sum());
            } else if (tokens.take("not")) {
                tokens.expect("in");
                left = new Expression.Not(new Binary("in", left, sum()));
            } else {
                return left;
            }
        }
    }

    private Expression sum() {
        Expression left = product();
        String operator = tokens.takeOneOf(List.of("+", "-", "~"));
        while (operator != null) {
            left = new Binary(operator, left, product());
            operator = tokens.takeOneOf(List.of("+", "-", "~"));
        }
        return left;
    }

    private Expression product() {
        Expression left = unary();
        String operator = tokens.takeOneOf(List.of("*", "//", "/", "%"));
        while (operator != null) {
            left = new Binary(operator, left, unary());
            operator = tokens.takeOneOf(List.of("*", "//", "/", "%"));
        }
        return left;
    }

    private Expression unary() {
        return tokens.take("-") ? new Expression.Negative(unary()) : filtered();
    }

    private Expression filtered() {
        Expression value = postfix(primary());
        while (true) {
            if (tokens.take("|")) {
                String name = tokens.word();
                List<Expression> arguments = tokens.take("(") ? list(")") : List.of();
                value = new Expression.Filter(value, name, arguments);
            } else if (tokens.take("is")) {
                boolean negated = tokens.take("not");
                value = new Expression.Test(value, tokens.word(), negated);
            } else {
                return value;
            }
        }
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            if (tokens.take(".")) {
                value = new Expression.Attribute(value, tokens.word());
            } else if (tokens.take("[")) {
                value = new Expression.Index(value, expression());
                tokens.expect("]");
            } else if (tokens.take("(")) {
                value = call(value);
            } else {
                return value;
            }
        }
    }

    private Expression call(Expression callee) {
        List<Expression> arguments = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!tokens.take(")")) {
            if (tokens.isNamedNext()) {
                String name = tokens.word();
                tokens.expect("=");
                named.put(name, expression());
            } else {
                arguments.add(expression());
            }
            if (!tokens.take(",")) {
                tokens.expect(")");
                break;
            }
        }
        return new Expression.Call(callee, arguments, named);
    }

    private Expression primary() {
        if (tokens.take("(")) {
            List<Expression> items = new ArrayList<>(List.of(expression()));
            boolean tuple = false;
            while (tokens.take(",")) {
                tuple = true;
                if (tokens.take(")")) {
                    return new Expression.Items(items);
                }
                items.add(expression());
            }
            tokens.expect(")");
            return tuple ? new Expression.Items(items) : items.get(0);
        } else if (tokens.take("[")) {
            return new Expression.Items(list("]"));
        } else if (tokens.take("{")) {
            return entries();
        }
        return literalOrName(tokens.next());
    }

    private static Expression literalOrName(Tokens.Token token) {
        return switch (token.kind()) {
            case TEXT -> new Literal(token.text());
            case NUMBER ->
                new Literal(
                        token.text().contains(".")
                                ? new BigDecimal(token.text())
                                : (Object) Long.valueOf(token.text()));
            case WORD ->
                switch (token.text()) {
                    case "true", "True" -> new Literal(true);
                    case "false", "False" -> new Literal(false);
                    case "none", "None" -> new Literal(None.NONE);
                    default -> new Expression.Name(token.text());
                };
            default -> throw new NotRewritable("a value is missing before '" + token.text() + "'");
        };
    }

    private List<Expression> list(String close) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.take(close)) {
            items.add(expression());
            if (!tokens.take(",")) {
                tokens.expect(close);
                break;
            }
        }
        return items;
    }

    private Expression entries() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.take("}")) {
            keys.add(expression());
            tokens.expect(":");
            values.add(expression());
            if (!tokens.take(",")) {
                tokens.expect("}");
                break;
            }
        }
        return new Expression.Entries(keys, values);
    }
}
