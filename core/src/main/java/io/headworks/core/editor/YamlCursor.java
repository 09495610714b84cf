package io.headworks.core.editor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in a YAML document a place is, also in one that cannot be parsed because somebody is typing in it: what stands before
 * the place is read, line by line, with its indents and brackets.
 */
final class YamlCursor {
    /** Stands for an item of a list. */
    static final String ITEM = "[]";

    /**
     * A map or list that is open, and the key that was written last in it.
     *
     * @param indent of its keys or dashes; -1 within brackets
     */
    private static final class Open {
        private final int indent;
        private final boolean list;
        private final boolean bracket;
        private final Map<String, String> entries = new LinkedHashMap<>();
        private String key = "";
        private String token = "";

        Open(int indent, boolean list, boolean bracket) {
            this.indent = indent;
            this.list = list;
            this.bracket = bracket;
        }

        void name(String written) {
            key = written;
            entries.put(written, "");
        }
    }

    /**
     * @param steps from the document to the map or value that the place is in
     * @param isKey a key could stand there
     * @param isValue a value could stand there
     * @param entries what the map that a key would stand in has already
     * @param typed what is written of it so far
     */
    record Found(List<Step> steps, boolean isKey, boolean isValue, Map<String, String> entries, String typed) {
        List<String> path() {
            return steps.stream().map(Step::key).toList();
        }
    }

    /** @param beside what the map has that the key is in */
    record Step(String key, Map<String, String> beside) {}

    private final Deque<Open> open = new ArrayDeque<>();
    private int literal = -1;

    private YamlCursor() {}

    static Found at(String text, Position at) {
        return at(new TextLines(text), at);
    }

    static Found at(TextLines lines, Position at) {
        YamlCursor cursor = new YamlCursor();
        lines.before(at.line()).forEach(cursor::line);
        String last = lines.line(at.line());
        return cursor.last(last.substring(0, Math.min(at.character(), last.length())));
    }

    private void line(String line) {
        if (isInBrackets()) {
            brackets(line, 0);
            return;
        }
        if (line.isBlank() || isLiteral(line)) {
            return;
        }
        literal = -1;
        if (line.startsWith("---") || line.startsWith("...")) {
            open.clear();
            return;
        }
        int at = dashes(line);
        if (at < line.length() && line.charAt(at) != '#') {
            int colon = colon(line, at);
            if (colon >= 0) {
                key(at, unquoted(line.substring(at, colon)));
                value(line, colon + 1, at);
            } else {
                brackets(line, at);
            }
        }
    }

    private boolean isLiteral(String line) {
        return literal >= 0 && indent(line) > literal;
    }

    /** Opens a list for each dash at the beginning of a line; answers where the rest of it begins. */
    private int dashes(String line) {
        int at = indent(line);
        while (at < line.length()
                && line.charAt(at) == '-'
                && (at + 1 == line.length() || line.charAt(at + 1) == ' ')) {
            int column = at;
            close(column, true);
            if (open.isEmpty() || !open.peek().list || open.peek().indent != column) {
                open.push(new Open(column, true, false));
            }
            at++;
            while (at < line.length() && line.charAt(at) == ' ') {
                at++;
            }
        }
        return at;
    }

    /** Closes what is deeper than a column; a list may stand at the column of the key that it is the value of. */
    private void close(int column, boolean dash) {
        while (!open.isEmpty()
                && (open.peek().indent > column || open.peek().indent == column && open.peek().list && !dash)) {
            open.pop();
        }
    }

    private void key(int column, String name) {
        close(column, false);
        if (open.isEmpty() || open.peek().list || open.peek().indent != column) {
            open.push(new Open(column, false, false));
        }
        open.peek().name(name);
    }

    private void value(String line, int from, int column) {
        String rest = line.substring(from).strip();
        if (rest.startsWith("|") || rest.startsWith(">")) {
            literal = column;
            return;
        }
        if (!open.isEmpty() && !open.peek().key.isEmpty()) {
            open.peek().entries.put(open.peek().key, unquoted(rest.replaceAll("\\s+#.*$", "")));
        }
        brackets(line, from);
    }

    private boolean isInBrackets() {
        return !open.isEmpty() && open.peek().bracket;
    }

    /** Reads what is not a key of its own line: brackets, quotes and what stands between. */
    private void brackets(String line, int from) {
        char quote = 0;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                token(c);
            } else if (c == '"' || c == '\'') {
                quote = c;
                token(c);
            } else if (c == '#' && (i == 0 || line.charAt(i - 1) == ' ')) {
                return;
            } else if (c == '{' && !isPlaceholder(line, i) || c == '[') {
                open.push(new Open(-1, c == '[', true));
            } else if (isInBrackets() && (c == '}' || c == ']')) {
                taken();
                open.pop();
            } else if (isInBrackets() && c == ',') {
                taken();
                open.peek().key = "";
            } else if (isInBrackets() && c == ':' && (i + 1 == line.length() || line.charAt(i + 1) == ' ')) {
                open.peek().name(unquoted(open.peek().token.strip()));
                open.peek().token = "";
            } else {
                token(c);
            }
        }
    }

    private static boolean isPlaceholder(String line, int at) {
        return at > 0 && line.charAt(at - 1) == '$';
    }

    private void token(char c) {
        if (isInBrackets()) {
            open.peek().token += c;
        }
    }

    private void taken() {
        Open inner = open.element();
        if (!inner.key.isEmpty()) {
            inner.entries.put(inner.key, unquoted(inner.token.strip()));
        }
        inner.token = "";
    }

    private Found last(String before) {
        if (isInBrackets()) {
            brackets(before, 0);
            return isInBrackets() ? inBrackets() : found(false, false, "");
        }
        if (literal >= 0 && (before.isBlank() || isLiteral(before))) {
            return found(false, false, "");
        }
        int at = dashes(before);
        boolean comment = before.strip().startsWith("#") || before.matches(".*\\s#.*");
        int colon = colon(before, at);
        if (comment) {
            return found(false, false, "");
        } else if (colon < 0) {
            return keyOnItsOwn(before, at);
        }
        key(at, unquoted(before.substring(at, colon)));
        brackets(before, colon + 1);
        return isInBrackets()
                ? inBrackets()
                : found(false, true, before.substring(colon + 1).strip());
    }

    private Found keyOnItsOwn(String before, int at) {
        brackets(before, at);
        if (isInBrackets()) {
            return inBrackets();
        }
        boolean dash = !open.isEmpty() && open.peek().list && before.strip().startsWith("-");
        if (!dash) {
            close(at, false);
        }
        boolean among = !open.isEmpty() && !open.peek().list && open.peek().indent == at;
        if (among) {
            open.peek().key = "";
        }
        Map<String, String> entries = among ? open.peek().entries : Map.of();
        return new Found(
                steps(),
                true,
                !among,
                Collections.unmodifiableMap(entries),
                before.substring(at).strip());
    }

    private Found inBrackets() {
        Open inner = open.element();
        boolean key = !inner.list && inner.key.isEmpty();
        String typed = inner.token.strip();
        return key
                ? new Found(steps(), true, false, Collections.unmodifiableMap(inner.entries), typed)
                : found(false, true, typed);
    }

    private Found found(boolean key, boolean value, String typed) {
        return new Found(steps(), key, value, Map.of(), typed.replaceFirst("^[\"']", ""));
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Iterator<Open> each = open.descendingIterator(); each.hasNext(); ) {
            Open outer = each.next();
            if (outer.list) {
                steps.add(new Step(ITEM, Map.of()));
            } else if (!outer.key.isEmpty()) {
                steps.add(new Step(outer.key, Collections.unmodifiableMap(outer.entries)));
            }
        }
        return List.copyOf(steps);
    }

    /** Where the key that begins at a column ends; -1 for none. */
    private static int colon(String line, int at) {
        if (at >= line.length() || "{[\"'#".indexOf(line.charAt(at)) == 0 || line.charAt(at) == '[') {
            return -1;
        }
        for (int i = at; i < line.length(); i++) {
            if (line.charAt(i) == ':' && (i + 1 == line.length() || line.charAt(i + 1) == ' ')) {
                return i;
            } else if (line.charAt(i) == '{' || line.charAt(i) == '#' && i > 0 && line.charAt(i - 1) == ' ') {
                return -1;
            }
        }
        return -1;
    }

    private static int indent(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static String unquoted(String text) {
        String bare = text.strip();
        boolean quoted = bare.length() > 1
                && (bare.startsWith("\"") || bare.startsWith("'"))
                && bare.charAt(bare.length() - 1) == bare.charAt(0);
        return quoted ? bare.substring(1, bare.length() - 1) : bare;
    }
}
