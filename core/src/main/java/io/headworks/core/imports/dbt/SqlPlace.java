package io.headworks.core.imports.dbt;

/** Where in a piece of SQL something stands. */
final class SqlPlace {
    private SqlPlace() {}

    /** True within a text in single quotes, or a name in double ones. */
    static boolean isQuoted(String sql, int offset) {
        int at = 0;
        while (at < offset) {
            char c = sql.charAt(at);
            int end = c == '\'' || c == '"' ? endOfQuoted(sql, at) : endOfComment(sql, at);
            if ((c == '\'' || c == '"') && end > offset) {
                return true;
            }
            at = Math.max(end, at + 1);
        }
        return false;
    }

    /** The same with blanks for its comments and for what stands in single quotes, so that words keep their places. */
    static String blanked(String sql) {
        StringBuilder out = new StringBuilder(sql);
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            int end = c == '\'' || c == '"' ? endOfQuoted(sql, at) : endOfComment(sql, at);
            for (int i = at; c != '"' && i < Math.min(end, sql.length()); i++) {
                out.setCharAt(i, ' ');
            }
            at = Math.max(end, at + 1);
        }
        return out.toString();
    }

    private static int endOfQuoted(String sql, int at) {
        char quote = sql.charAt(at);
        for (int i = at + 1; i < sql.length(); i++) {
            if (sql.charAt(i) == quote) {
                if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return sql.length();
    }

    /** Where a comment that begins there ends; that place itself when none does. */
    private static int endOfComment(String sql, int at) {
        if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            return end < 0 ? sql.length() : end;
        } else if (sql.startsWith("/*", at)) {
            int end = sql.indexOf("*/", at + 2);
            return end < 0 ? sql.length() : end + 2;
        }
        return at;
    }
}
