package io.headworks.duckdb.compile;

import io.headworks.duckdb.compile.SqlTokens.Kind;
import io.headworks.duckdb.compile.SqlTokens.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A user's expression, checked to be one: what is put between brackets must not be able to close them. */
public record ExpressionText(String sql) {
    private static final Map<String, String> CLOSING = Map.of("(", ")", "[", "]", "{", "}");

    /**
     * The text, when it is one expression.
     *
     * @param what for messages: {@code derive total}
     */
    public static ExpressionText of(String what, String sql) {
        List<Token> tokens = tokens(what, sql);
        if (tokens.isEmpty()) {
            throw Refusal.of("Cannot " + what + ": the expression is empty");
        }
        Deque<String> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            refuse(what, token);
            refuseSeveral(what, tokens, i);
            if (CLOSING.containsKey(token.text()) && token.kind() == Kind.SYMBOL) {
                open.push(CLOSING.get(token.text()));
            } else if (token.kind() == Kind.SYMBOL && CLOSING.containsValue(token.text())) {
                if (open.isEmpty() || !open.pop().equals(token.text())) {
                    throw Refusal.of("Cannot " + what + ": '" + token.text() + "' closes nothing in " + sql.strip());
                }
            }
        }
        if (!open.isEmpty()) {
            throw Refusal.of("Cannot " + what + ": '" + open.peek() + "' is missing in " + sql.strip());
        }
        return new ExpressionText(sql.strip());
    }

    /** An expression that is one call of an aggregate or window function, nothing around it. */
    static ExpressionText call(String what, String sql) {
        ExpressionText expression = of(what, sql);
        List<Token> tokens = tokens(what, sql);
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            boolean last = i == tokens.size() - 1;
            if ((i == 0 && tokens.get(0).kind() != Kind.WORD) || (i > 0 && depth == 0 && !last)) {
                throw notOneCall(what, sql);
            }
        }
        if (tokens.size() < 3) {
            throw notOneCall(what, sql);
        }
        return expression;
    }

    String functionName() {
        return SqlTokens.code(sql).get(0).text().toLowerCase(java.util.Locale.ROOT);
    }

    /** In brackets, with room for a comment at the end of it. */
    public String bracketed() {
        boolean comment = SqlTokens.of(sql).stream().anyMatch(token -> token.kind() == Kind.COMMENT);
        return comment ? "(" + sql + "\n)" : "(" + sql + ")";
    }

    private static RuntimeException notOneCall(String what, String sql) {
        return Refusal.of(
                "Cannot " + what + ": " + sql.strip() + " is not one function call",
                "take the call alone, as sum(amount), and work on its result in a derive after it");
    }

    private static List<Token> tokens(String what, String sql) {
        try {
            return SqlTokens.code(sql);
        } catch (IllegalArgumentException open) {
            throw Refusal.of("Cannot " + what + ": " + open.getMessage() + " in " + sql.strip());
        }
    }

    /** What would give several rows, or several columns, for one. */
    private static void refuseSeveral(String what, List<Token> tokens, int at) {
        boolean call = at + 1 < tokens.size() && tokens.get(at + 1).is("(");
        if (call && tokens.get(at).is("unnest")) {
            throw Refusal.of(
                    "Cannot " + what + ": unnest gives several rows for one", "use the operation unnest: COLUMN");
        }
        boolean bare = at == tokens.size() - 1
                || (at > 0
                        && tokens.get(at - 1).is("(")
                        && (at == 1 || tokens.get(at - 2).kind() != Kind.WORD));
        if ((call && tokens.get(at).is("columns")) || (tokens.get(at).is("*") && bare)) {
            throw Refusal.of("Cannot " + what + ": an expression gives one column, no star");
        }
    }

    private static void refuse(String what, Token token) {
        if (token.is(";")) {
            throw Refusal.of("Cannot " + what + ": ';' has no place in an expression");
        }
        if (token.is("select")) {
            throw Refusal.of(
                    "Cannot " + what + ": an expression reads the row's own columns only, no SELECT",
                    "use the operations lookup or sql to read another dataset");
        }
        if (token.kind() == Kind.PLACEHOLDER) {
            throw Refusal.of(
                    "Cannot " + what + ": " + token.text() + " is known in SQL files only",
                    "use ${var:NAME} in YAML, or the operation sql");
        }
    }
}
