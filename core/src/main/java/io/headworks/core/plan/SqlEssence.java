package io.headworks.core.plan;

/** SQL without what means nothing: comments, and how it is laid out. */
final class SqlEssence {
    private final String text;
    private final StringBuilder out = new StringBuilder();

    private SqlEssence(String text) {
        this.text = text;
    }

    static String of(String text) {
        // Between dollars anything may stand, and means itself.
        return text.indexOf('$') >= 0 ? text : new SqlEssence(text).essence();
    }

    private String essence() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            if (c == '\'' || c == '"') {
                end = after(String.valueOf(c), at + 1);
                out.append(text, at, end);
            } else if (text.startsWith("--", at)) {
                end = after("\n", at);
                space();
            } else if (text.startsWith("/*", at)) {
                end = after("*/", at + 2);
                space();
            } else if (Character.isWhitespace(c)) {
                space();
            } else {
                out.append(c);
            }
            at = end;
        }
        String all = out.toString().strip();
        return all.endsWith(";") ? all.substring(0, all.length() - 1).strip() : all;
    }

    private int after(String closing, int from) {
        int end = text.indexOf(closing, from);
        return end < 0 ? text.length() : end + closing.length();
    }

    private void space() {
        if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
    }
}
