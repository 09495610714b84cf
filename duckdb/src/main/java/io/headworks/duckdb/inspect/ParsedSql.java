package io.headworks.duckdb.inspect;

import io.headworks.api.engine.SqlInspector.Text.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the parser said of one text: a tree, or a sentence and where. */
public record ParsedSql(@Nullable Node statement, @Nullable String error, int errorOffset) {
    private static final String EXPRESSION_PREFIX = "SELECT ";
    private static final String ONLY_SELECT = "only SELECT is allowed here";
    private static final List<String> SELECT_PARTS =
            List.of("where_clause", "group_expressions", "group_sets", "having", "qualify", "sample", "modifiers");

    /** The statement to hand to the parser. */
    static String toParse(String sql, Kind kind) {
        String readable = Placeholders.replaceWithNames(sql);
        return kind == Kind.EXPRESSION ? EXPRESSION_PREFIX + readable : readable;
    }

    /** Reads the parser's answer for a text made by {@link #toParse}. */
    static ParsedSql of(String serialised, String parsed, Kind kind) {
        Node answer = Node.of(Json.readToWrite(serialised));
        if (answer == null) {
            return failed("cannot be read", -1);
        }
        if (answer.flag("error")) {
            return refused(answer, parsed, kind);
        }
        List<?> statements = answer.list("statements");
        Node statement = statements.isEmpty() ? null : Node.of(statements.get(0));
        if (statement == null) {
            return failed(kind == Kind.EXPRESSION ? "an expression is missing" : "a SELECT is missing", -1);
        } else if (statements.size() > 1) {
            return failed("only one statement is allowed here", -1);
        }
        String unfit = kind == Kind.EXPRESSION ? unfitExpression(statement, parsed) : null;
        return unfit == null ? new ParsedSql(statement, null, -1) : failed(unfit, -1);
    }

    private static ParsedSql refused(Node answer, String parsed, Kind kind) {
        String message = answer.text("error_message");
        if (answer.text("error_type").equals("not implemented")) {
            return failed(ONLY_SELECT, -1);
        } else if (message.equals("SELECT clause without selection list")) {
            return failed(kind == Kind.EXPRESSION ? "an expression is missing" : message, -1);
        }
        String position = answer.text("position");
        if (position.isEmpty()) {
            return failed(message, -1);
        }
        int offset = characters(parsed, Integer.parseInt(position));
        return failed(message, Math.max(0, kind == Kind.EXPRESSION ? offset - EXPRESSION_PREFIX.length() : offset));
    }

    private static ParsedSql failed(String error, int offset) {
        return new ParsedSql(null, error, offset);
    }

    /** A text that the parser takes, yet that is more or less than one expression. */
    private static @Nullable String unfitExpression(Node statement, String parsed) {
        Node select = statement.child("node");
        if (select == null || !select.text("type").equals("SELECT_NODE")) {
            return "only an expression is allowed here";
        }
        Node from = select.child("from_table");
        boolean bare = SELECT_PARTS.stream().allMatch(select::lacks)
                && select.lacks("distinct")
                && (from == null || from.text("type").equals("EMPTY"));
        if (!bare || parsed.stripTrailing().endsWith(";")) {
            return "only an expression is allowed here";
        }
        Node only = Node.of(select.list("select_list").get(0));
        if (select.list("select_list").size() != 1
                || only == null
                || only.text("type").equals("STAR")) {
            return "only one expression is allowed here";
        }
        return only.text("alias").isEmpty()
                ? null
                : "an operator is missing before '" + only.text("alias").toLowerCase(Locale.ROOT)
                        + "', or it is a name given to the expression, which has no place here";
    }

    /** The parser counts bytes of UTF-8. */
    static int characters(String text, int bytes) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        return new String(all, 0, Math.min(Math.max(bytes, 0), all.length), StandardCharsets.UTF_8).length();
    }
}
