package io.headworks.core.spec.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of SQL in a dialect that only its source or target reads: whether it is one statement, or one
 * expression that stays inside the brackets we put around it. Quotes and comments are those that all dialects share.
 */
final class ForeignSql {
    private static final Set<String> READING = Set.of("select", "with", "values", "from", "table");
    private static final Set<String> TRANSACTIONS =
            Set.of("begin", "commit", "rollback", "abort", "end", "start", "savepoint", "release");

    private final String text;
    private final Deque<Character> open = new ArrayDeque<>();
    private final List<StringBuilder> statements = new ArrayList<>(List.of(new StringBuilder()));
    private boolean commented;
    private @Nullable String broken;

    private ForeignSql(String text) {
        this.text = text;
        int at = 0;
        while (at < text.length() && broken == null) {
            at = next(at);
        }
        if (broken == null && !open.isEmpty()) {
            broken = "'" + open.peek() + "' is never closed";
        }
    }

    /** Why it is no condition that can stand between brackets; null when it is one. */
    static @Nullable String notACondition(String text) {
        ForeignSql sql = new ForeignSql(text);
        if (sql.broken != null) {
            return sql.broken;
        } else if (sql.statements.size() > 1) {
            return "it has a ';' (allowed: one condition)";
        }
        return sql.commented ? "it has a comment (allowed: one condition)" : null;
    }

    /** Why it is no single query; null when it is one. */
    static @Nullable String notAQuery(String text) {
        ForeignSql sql = new ForeignSql(text);
        String why = sql.notSingle();
        return why == null && !READING.contains(sql.firstWord())
                ? "it begins with '" + sql.firstWord() + "' (allowed: a SELECT, which changes nothing)"
                : why;
    }

    /** Why it is no single statement inside a transaction of ours; null when it is one. */
    static @Nullable String notAStatement(String text) {
        ForeignSql sql = new ForeignSql(text);
        String why = sql.notSingle();
        return why == null && TRANSACTIONS.contains(sql.firstWord())
                ? "it begins with '" + sql.firstWord() + "': the transaction is the load's"
                : why;
    }

    private @Nullable String notSingle() {
        if (broken != null) {
            return broken;
        }
        long written =
                statements.stream().filter(each -> !each.toString().isBlank()).count();
        return written == 1 ? null : "it has " + written + " statements (allowed: one)";
    }

    private String firstWord() {
        String first = statements.stream()
                .map(StringBuilder::toString)
                .filter(each -> !each.isBlank())
                .findFirst()
                .orElse("");
        return first.strip()
                .replaceFirst("^[(\\s]+", "")
                .split("[^A-Za-z_]", 2)[0]
                .toLowerCase(Locale.ROOT);
    }

    private int next(int at) {
        char c = text.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
            return quoted(at, c);
        } else if (text.startsWith("--", at)) {
            return comment(at, "\n", text.length());
        } else if (text.startsWith("/*", at)) {
            return comment(at, "*/", -1);
        } else if (c == ';') {
            statements.add(new StringBuilder());
            return at + 1;
        }
        bracket(c);
        statement().append(c);
        return at + 1;
    }

    private int quoted(int at, char quote) {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            broken = "a quote is never closed";
            return text.length();
        }
        statement().append('x');
        return end + 1;
    }

    private int comment(int at, String closing, int whenOpen) {
        commented = true;
        int end = text.indexOf(closing, at + 2);
        if (end < 0 && whenOpen < 0) {
            broken = "a comment is never closed";
        }
        statement().append(' ');
        return end < 0 ? text.length() : end + closing.length();
    }

    private void bracket(char c) {
        if (c == '(') {
            open.push(c);
        } else if (c == ')' && open.poll() == null) {
            broken = "')' closes nothing";
        }
    }

    private StringBuilder statement() {
        return statements.get(statements.size() - 1);
    }
}
