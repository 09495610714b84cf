package io.headworks.core.imports.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of an expression, read one after the other. */
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<text>'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")|(?<number>\\d+(?:\\.\\d+)?)|(?<word>[A-Za-z_]\\w*)"
                    + "|(?<sign>==|!=|<=|>=|//|\\*\\*|[-+*/%~<>=|.,:()\\[\\]{}]))",
            Pattern.DOTALL);

    enum Kind {
        TEXT,
        NUMBER,
        WORD,
        SIGN,
        END
    }

    record Token(Kind kind, String text) {}

    private final List<Token> tokens = new ArrayList<>();
    private int at;

    /** @throws NotRewritable when there is something that is no word of an expression */
    Tokens(String code) {
        Matcher matcher = TOKEN.matcher(code);
        int end = 0;
        while (end < code.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(token(matcher));
            end = matcher.end();
        }
        if (!code.substring(end).isBlank()) {
            throw new NotRewritable("'" + code.substring(end).strip() + "' cannot be read");
        }
    }

    private static Token token(Matcher matcher) {
        String text = matcher.group("text");
        if (text != null) {
            return new Token(Kind.TEXT, unescaped(text.substring(1, text.length() - 1)));
        }
        String number = matcher.group("number");
        String word = matcher.group("word");
        return number != null
                ? new Token(Kind.NUMBER, number)
                : word != null ? new Token(Kind.WORD, word) : new Token(Kind.SIGN, matcher.group("sign"));
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                out.append(
                        next == 'n' ? "\n" : next == 't' ? "\t" : "'\"\\".indexOf(next) >= 0 ? "" + next : "\\" + next);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    Token peek() {
        return at < tokens.size() ? tokens.get(at) : new Token(Kind.END, "");
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    boolean isAtEnd() {
        return at >= tokens.size();
    }

    /** Takes a sign or a word if it is the next one. */
    boolean take(String text) {
        Token token = peek();
        boolean found = (token.kind() == Kind.SIGN || token.kind() == Kind.WORD)
                && token.text().equals(text);
        at += found ? 1 : 0;
        return found;
    }

    /** The first of some signs or words that is next, taken; null for none. */
    @Nullable
    String takeOneOf(List<String> texts) {
        return texts.stream().filter(this::take).findFirst().orElse(null);
    }

    void expect(String text) {
        if (!take(text)) {
            throw new NotRewritable("'" + text + "' is missing before '" + peek().text() + "'");
        }
    }

    String word() {
        Token token = next();
        if (token.kind() != Kind.WORD) {
            throw new NotRewritable("a name is missing before '" + token.text() + "'");
        }
        return token.text();
    }

    /** True when a word and {@code =} are next, as before a named argument. */
    boolean isNamedNext() {
        return peek().kind() == Kind.WORD
                && at + 1 < tokens.size()
                && tokens.get(at + 1).equals(new Token(Kind.SIGN, "="));
    }
}
