package io.headworks.duckdb.compile;

import io.headworks.api.engine.ChangedRows;
import io.headworks.api.source.KeyRange;
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
import org.jspecify.annotations.Nullable;

/** {@code {{ … }}} in users' SQL: replaced by typed literals, never by text of its own. */
final class Placeholders {
    /** The schema of the tables that only we can name: what {@code {{ input }}} becomes is {@code "_hw"."input"}. */
    private static final String OURS = "_hw";

    private Placeholders() {}

    /** How a parser reports the table that {@code {{ rowsName }}} became. */
    static String written(String rowsName) {
        return OURS + "." + rowsName;
    }

    /**
     * The statement, with every value filled in and without a semicolon at its end.
     *
     * @param rowsLost what is lost when the rows are never read; null when that is allowed
     */
    static String fill(
            String what, String sql, String rowsName, @Nullable String rowsLost, Map<String, Object> values) {
        List<Token> tokens = tokens(what, sql);
        StringBuilder out = new StringBuilder();
        boolean readsRows = false;
        int at = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            refuseUnfilled(what, token);
            if (token.kind() == Kind.PLACEHOLDER) {
                String name =
                        token.text().substring(2, token.text().length() - 2).strip();
                readsRows |= name.equals(rowsName);
                out.append(sql, at, token.start()).append(value(what, name, rowsName, values));
                at = token.end();
            } else if (token.is(";") && isLast(tokens, i)) {
                out.append(sql, at, token.start());
                at = token.end();
            }
        }
        if (!readsRows && rowsLost != null) {
            throw Refusal.of(
                    "Cannot " + what + ": it never reads {{ " + rowsName + " }}, and " + rowsLost + " would be lost",
                    "write … FROM {{ " + rowsName + " }}");
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

    private static String value(String what, String name, String rowsName, Map<String, Object> values) {
        if (name.equals(rowsName)) {
            return DuckSql.name(OURS) + "." + DuckSql.name(rowsName);
        }
        if (!values.containsKey(name)) {
            List<String> known = new ArrayList<>(List.of(rowsName));
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

    private static String condition(ChangedRows changed) {
        KeyRange range = changed.range();
        String key = DuckSql.name(changed.input()) + "." + DuckSql.name(range.column());
        List<String> bounds = new ArrayList<>();
        if (range.from() != null) {
            bounds.add(key + " >= " + DuckSql.literal(range.from(), range.type()));
        }
        if (range.to() != null) {
            bounds.add(key + " < " + DuckSql.literal(range.to(), range.type()));
        }
        return bounds.isEmpty() ? "(true)" : "(" + String.join(" AND ", bounds) + ")";
    }

    private static String literal(String what, String name, Object value) {
        if (value instanceof String text) {
            return DuckSql.text(text);
        } else if (value instanceof ChangedRows changed) {
            return condition(changed);
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
