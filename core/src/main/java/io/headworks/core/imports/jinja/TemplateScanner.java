package io.headworks.core.imports.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template into text, outputs, statements and comments, with white space control. */
final class TemplateScanner {
    private static final Pattern OPEN = Pattern.compile("\\{([{%#])(-?)");
    private static final Pattern RAW = Pattern.compile("\\{%-?\\s*endraw\\s*-?%\\}");

    enum Kind {
        TEXT,
        OUTPUT,
        STATEMENT,
        COMMENT
    }

    /** @param text without its brackets */
    record Segment(Kind kind, int line, String text) {}

    private final String template;
    private final List<Segment> segments = new ArrayList<>();
    private boolean strip;
    private int at;

    private TemplateScanner(String template) {
        this.template = template;
    }

    static List<Segment> scan(String template) {
        TemplateScanner scanner = new TemplateScanner(template);
        scanner.scan();
        return scanner.segments;
    }

    private void scan() {
        Matcher open = OPEN.matcher(template);
        while (open.find(at)) {
            text(open.start(), !open.group(2).isEmpty());
            String kind = open.group(1);
            String close = kind.equals("{") ? "}}" : kind + "}";
            int end = end(open.end(), close, kind.equals("#"));
            if (end < 0) {
                segments.add(new Segment(Kind.STATEMENT, line(open.start()), "'" + open.group() + "' is never closed"));
                at = template.length();
                return;
            }
            boolean stripAfter = template.charAt(end - 1) == '-' && end > open.end();
            String code = template.substring(open.end(), stripAfter ? end - 1 : end);
            strip = stripAfter;
            int line = line(open.start());
            at = end + 2;
            if (kind.equals("%") && code.strip().equals("raw")) {
                raw();
            } else {
                segments.add(new Segment(kind(kind), line, code.strip()));
            }
        }
        text(template.length(), false);
    }

    private void raw() {
        Matcher close = RAW.matcher(template);
        int end = close.find(at) ? close.start() : template.length();
        text(end, false);
        at = end == template.length() ? end : close.end();
    }

    /** Where the brackets close; what stands in quotes does not count. */
    private int end(int from, String close, boolean comment) {
        char quote = 0;
        for (int i = from; i + 1 < template.length(); i++) {
            char c = template.charAt(i);
            if (quote == 0 && template.startsWith(close, i)) {
                return i;
            }
            if (comment) {
                continue;
            }
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            }
        }
        return -1;
    }

    private void text(int end, boolean stripBefore) {
        String text = template.substring(at, end);
        text = strip ? text.stripLeading() : text;
        text = stripBefore ? text.stripTrailing() : text;
        strip = false;
        if (!text.isEmpty()) {
            segments.add(new Segment(Kind.TEXT, line(at), text));
        }
        at = end;
    }

    private static Kind kind(String sign) {
        return sign.equals("{") ? Kind.OUTPUT : sign.equals("%") ? Kind.STATEMENT : Kind.COMMENT;
    }

    private int line(int offset) {
        return 1
                + (int) template.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
