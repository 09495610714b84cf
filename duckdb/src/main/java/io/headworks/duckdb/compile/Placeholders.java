package io.headworks.duckdb.compile;

import io.headworks.duckdb.compile.SqlTokens.Kind;
import io.headworks.duckdb.compile.SqlTokens.Token;
import io.headworks.duckdb.sql.DuckSql;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code {{ … }}} in users' SQL: replaced by typed literals, never by text of its own. */
final class Placeholders {
    /** What {{ input }} becomes: a table that only we can name, whose alias is {@code input}. */
    private static final String INPUT = "\"_hw\".\"input\"";

    static final String INPUT_WRITTEN = "_hw.input";

    private Placeholders() {}

    /** The statement, with every value filled in and without a semicolon at its end. */
    static String fill(String what, String sql, Map<String, Object> values) {
        List<Token> tokens = tokens(what, sql);
        StringBuilder out = new StringBuilder();
        boolean readsInput = false;
        int at = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            refuseUnfilled(what, token);
            if (token.kind() == Kind.PLACEHOLDER) {
                String name =
                        token.text().substring(2, token.text().length() - 2).strip();
                readsInput |= name.equals("input");
                out.append(sql, at, token.start()).append(value(what, name, values));
                at = token.end();
            } else if (token.is(";") && isLast(tokens, i)) {
                out.append(sql, at, token.start());
                at = token.end();
            }
        }
        if (!readsInput) {
            throw Refusal.of(
                    "Cannot " + what + ": it never reads {{ input }}, and the rows of the previous stage would be lost",
                    "write … FROM {{ input }}");
        }
        return out.append(sql.substring(at)).toString().strip();
    }

    private static boolean isLast(List<Token> tokens, int at) {
        return tokens.subList(at + 1, tokens.size()).stream().allMatch(token -> token.kind() == Kind.COMMENT);
    }

    private static List<Token> tokens(String what, String sql) {
        try {
            return SqlTokens.of(sql);
        } catch (IllegalArgumentException open) {
            throw Refusal.of("Cannot " + what + ": " + open.getMessage());
        }
    }

    private static void refuseUnfilled(String what, Token token) {
        boolean quoted = token.kind() == Kind.STRING || token.kind() == Kind.QUOTED_NAME;
        if (quoted && token.text().contains("{{") && token.text().contains("}}")) {
            throw Refusal.of(
                    "Cannot " + what + ": " + token.text() + " would keep its brackets",
                    "take the quotes away: {{ from }} is a value with its type already");
        }
    }

    private static String value(String what, String name, Map<String, Object> values) {
        if (name.equals("input")) {
            return INPUT;
        }
        if (!values.containsKey(name)) {
            List<String> known = new ArrayList<>(List.of("input"));
            known.addAll(values.keySet());
            throw Refusal.of(
                    "Cannot " + what + ": there is no {{ " + name + " }} (allowed: " + String.join(", ", known) + ")",
                    Nearest.hint(name, known));
        }
        Object value = values.get(name);
        if (value == null) {
            throw Refusal.of(
                    "Cannot " + what + ": {{ " + name + " }} has no value in this run",
                    name.equals("from") || name.equals("to") ? "give the slice: hw run … --from X --to Y" : null);
        }
        return literal(what, name, value);
    }

    private static String literal(String what, String name, Object value) {
        if (value instanceof String text) {
            return DuckSql.text(text);
        } else if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return "(" + value + ")";
        } else if (value instanceof BigDecimal decimal) {
            int scale = Math.max(0, decimal.scale());
            int precision = Math.max(decimal.precision() - decimal.scale() + scale, scale + 1);
            return "CAST('" + decimal.toPlainString() + "' AS DECIMAL(" + precision + "," + scale + "))";
        } else if (value instanceof Instant || value instanceof OffsetDateTime) {
            return "CAST('" + value + "' AS TIMESTAMPTZ)";
        } else if (value instanceof LocalDate) {
            return "CAST('" + value + "' AS DATE)";
        } else if (value instanceof LocalDateTime) {
            return "CAST('" + value + "' AS TIMESTAMP)";
        }
        throw new IllegalArgumentException("Cannot " + what + ": {{ " + name + " }} is a "
                + value.getClass().getName() + ", which has no literal");
    }
}
