package io.headworks.duckdb.compile;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of an SQL text, as far as quoting goes: enough to find names, calls, brackets and {@code {{ … }}} without
 * being fooled by what stands in strings and comments.
 */
final class SqlTokens {
    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        COMMENT,
        /** {@code {{ … }}}. */
        PLACEHOLDER,
        SYMBOL
    }

    /** {@code text} from {@code start} up to {@code end} of the whole. */
    record Token(Kind kind, int start, int end, String text) {
        boolean is(String symbolOrWord) {
            return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(symbolOrWord);
        }
    }

    private final String sql;
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    /** @throws IllegalArgumentException with a sentence, where something is never closed */
    static List<Token> of(String sql) {
        SqlTokens scanner = new SqlTokens(sql);
        List<Token> tokens = new ArrayList<>();
        while (scanner.at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(scanner.at))) {
                scanner.at++;
            } else {
                tokens.add(scanner.next());
            }
        }
        return tokens;
    }

    /** {@link #of} without comments. */
    static List<Token> code(String sql) {
        return of(sql).stream().filter(token -> token.kind() != Kind.COMMENT).toList();
    }

    private Token next() {
        char c = sql.charAt(at);
        if (c == '\'') {
            return quoted(Kind.STRING, 0, '\'', false);
        } else if ((c == 'e' || c == 'E') && at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
            return quoted(Kind.STRING, 1, '\'', true);
        } else if (c == '"') {
            return quoted(Kind.QUOTED_NAME, 0, '"', false);
        } else if (sql.startsWith("--", at)) {
            int newline = sql.indexOf('\n', at);
            return token(Kind.COMMENT, newline < 0 ? sql.length() : newline);
        } else if (sql.startsWith("/*", at)) {
            return token(Kind.COMMENT, closing("*/", 2, "a comment"));
        } else if (sql.startsWith("{{", at)) {
            return token(Kind.PLACEHOLDER, closing("}}", 2, "{{"));
        } else if (c == '$' && dollarTag() != null) {
            String tag = dollarTag();
            return token(Kind.STRING, closing(tag, tag.length(), "a string"));
        } else if (isWordPart(c)) {
            return word();
        }
        return token(Kind.SYMBOL, at + Character.charCount(sql.codePointAt(at)));
    }

    private Token word() {
        int end = at;
        while (end < sql.length() && (isWordPart(sql.charAt(end)) || sql.charAt(end) == '$')) {
            end++;
        }
        return token(Kind.WORD, end);
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c > 127;
    }

    private Token quoted(Kind kind, int prefix, char quote, boolean backslash) {
        int end = at + prefix + 1;
        while (end < sql.length()) {
            char c = sql.charAt(end);
            if (backslash && c == '\\') {
                end++;
            } else if (c == quote) {
                if (end + 1 >= sql.length() || sql.charAt(end + 1) != quote) {
                    return token(kind, end + 1);
                }
                end++;
            }
            end++;
        }
        throw new IllegalArgumentException("a " + quote + " is never closed");
    }

    private @org.jspecify.annotations.Nullable String dollarTag() {
        int end = at + 1;
        while (end < sql.length() && isWordPart(sql.charAt(end))) {
            end++;
        }
        boolean number = end > at + 1 && Character.isDigit(sql.charAt(at + 1));
        return !number && end < sql.length() && sql.charAt(end) == '$' ? sql.substring(at, end + 1) : null;
    }

    private int closing(String mark, int from, String what) {
        int end = sql.indexOf(mark, at + from);
        if (end < 0) {
            throw new IllegalArgumentException(what + " is never closed");
        }
        return end + mark.length();
    }

    private Token token(Kind kind, int end) {
        Token token = new Token(kind, at, end, sql.substring(at, end));
        at = end;
        return token;
    }
}
