package io.headworks.core.spec.yaml;

import io.headworks.core.spec.Place;

/** A file that was read: its path relative to the project's folder, with {@code /}, and its text. */
public record Source(String file, String text) {
    public Place place() {
        return Place.of(file);
    }

    /** Line and column of a code point of the text, counted from 0. */
    public Place place(int codePoint) {
        int line = 1;
        int column = 1;
        int at = 0;
        for (int seen = 0; seen < codePoint && at < text.length(); seen++) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            boolean breaks = c == '\n' || (c == '\r' && (at >= text.length() || text.charAt(at) != '\n'));
            line = breaks ? line + 1 : line;
            column = breaks ? 1 : column + 1;
        }
        return new Place(file, line, column);
    }

    @Override
    public String toString() {
        return file;
    }
}
