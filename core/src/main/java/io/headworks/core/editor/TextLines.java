package io.headworks.core.editor;

import java.util.List;

/** A text by its lines. */
final class TextLines {
    private final List<String> lines;

    TextLines(String text) {
        this.lines = List.of(text.split("\\r?\\n|\\r", -1));
    }

    /** The text of a line; empty for one that is not there. */
    String line(int number) {
        return number >= 0 && number < lines.size() ? lines.get(number) : "";
    }

    List<String> before(int number) {
        return lines.subList(0, Math.max(0, Math.min(number, lines.size())));
    }

    int count() {
        return lines.size();
    }

    /** A word of letters, digits, {@code _}, {@code -} and dots around a place. */
    Span word(Position at) {
        String line = line(at.line());
        int from = Math.min(at.character(), line.length());
        int to = from;
        while (from > 0 && isWord(line.charAt(from - 1))) {
            from--;
        }
        while (to < line.length() && isWord(line.charAt(to))) {
            to++;
        }
        return new Span(new Position(at.line(), from), new Position(at.line(), to));
    }

    String text(Span span) {
        String line = line(span.from().line());
        return line.substring(
                Math.min(span.from().character(), line.length()),
                Math.min(span.to().character(), line.length()));
    }

    /**
     * What a problem at a line and column is about: the value or word that begins there.
     *
     * @param line from 1; 0 is the file as a whole
     * @param column code points from 1
     */
    Span about(int line, int column) {
        int number = Math.max(0, line - 1);
        String text = line(number);
        int from = text.offsetByCodePoints(0, Math.min(Math.max(0, column - 1), text.codePointCount(0, text.length())));
        return new Span(new Position(number, from), new Position(number, Math.max(end(text, from), from)));
    }

    private static int end(String line, int from) {
        if (from >= line.length()) {
            return line.length();
        }
        char first = line.charAt(from);
        if (first == '"' || first == '\'') {
            int close = line.indexOf(first, from + 1);
            return close < 0 ? line.length() : close + 1;
        }
        int to = from;
        while (to < line.length() && (isWord(line.charAt(to)) || to > from && isInside(line, to))) {
            to++;
        }
        return to == from ? from + 1 : to;
    }

    /** A colon or slash within a value, as in {@code shop:orders}, or a single blank between words. */
    private static boolean isInside(String line, int at) {
        char c = line.charAt(at);
        return (c == ':' || c == '/' || c == '*') && at + 1 < line.length() && line.charAt(at + 1) != ' ';
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == '$';
    }
}
