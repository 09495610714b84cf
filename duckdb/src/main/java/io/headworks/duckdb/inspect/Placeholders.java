package io.headworks.duckdb.inspect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code {{ x }}} in users' SQL. For reading, each becomes a quoted name of the same length, {@code "{ x }"}, which can
 * stand for a table and for a value, so that every offset stays true.
 */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);

    private Placeholders() {}

    static String replaceWithNames(String sql) {
        Matcher matcher = PLACEHOLDER.matcher(sql);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String inside = matcher.group(1).replace('"', '\'');
            matcher.appendReplacement(out, Matcher.quoteReplacement("\"{" + inside + "}\""));
        }
        return matcher.appendTail(out).toString();
    }

    static boolean isStandIn(String name) {
        return name.length() >= 2 && name.charAt(0) == '{' && name.charAt(name.length() - 1) == '}';
    }
}
