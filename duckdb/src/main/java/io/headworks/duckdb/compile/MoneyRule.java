package io.headworks.duckdb.compile;

import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.compile.SqlTokens.Kind;
import java.util.Optional;

/** A decimal does not become a double unless the expression says so: division and averages would do it unasked. */
final class MoneyRule {

    private MoneyRule() {}

    static void check(String what, String expression, DataType result, Schema input) {
        if (TypeFamily.of(result) != TypeFamily.FLOATING || saysFloating(expression)) {
            return;
        }
        decimalIn(expression, input).ifPresent(column -> {
            throw Refusal.of(
                    "Cannot " + what + ": " + expression.strip() + " makes a " + result + " of " + column.name() + " ("
                            + column.type() + ")",
                    "say which is meant: cast(… as decimal(18,2)) rounds, cast(… as double) gives up exactness");
        });
    }

    private static boolean saysFloating(String expression) {
        return SqlTokens.code(expression).stream()
                .anyMatch(token -> token.is("double") || token.is("float") || token.is("real") || token.is("float8"));
    }

    private static Optional<Field> decimalIn(String expression, Schema input) {
        return input.fields().stream()
                .filter(field -> TypeFamily.of(field.type()) == TypeFamily.DECIMAL)
                .filter(field -> SqlTokens.code(expression).stream().anyMatch(token -> names(token, field.name())))
                .findFirst();
    }

    private static boolean names(SqlTokens.Token token, String column) {
        String text = token.kind() == Kind.QUOTED_NAME
                ? token.text().substring(1, token.text().length() - 1).replace("\"\"", "\"")
                : token.text();
        return (token.kind() == Kind.QUOTED_NAME || token.kind() == Kind.WORD) && text.equalsIgnoreCase(column);
    }
}
