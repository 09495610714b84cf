package io.headworks.core.imports.dbt;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the usual condition of an incremental model, {@code where updated_at > (select max(updated_at) from {{ this }})},
 * directly over one table, and writes {@code {{ changed(orders.updated_at) }}} for it.
 */
final class IncrementalFilter {
    /** Stands for {@code {{ this }}} while a condition is looked at. */
    static final String THIS = "__this_table__";

    private static final Pattern CONDITION = Pattern.compile(
            "(where|and)\\s+(?:(\\w+)\\.)?(\\w+)\\s*(?:>=|>)\\s*\\(\\s*select\\s+(?:max\\s*\\(\\s*(?:\\w+\\.)?\\w+\\s*\\)"
                    + "|coalesce\\s*\\(\\s*max\\s*\\(\\s*(?:\\w+\\.)?\\w+\\s*\\)\\s*,[^()]*(?:\\([^()]*\\)[^()]*)?\\))"
                    + "(?:\\s+as\\s+\\w+)?\\s+from\\s+" + THIS + "(?:\\s+(?:as\\s+)?\\w+)?\\s*\\)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FROM = Pattern.compile(
            "from\\s+(\"[^\"]+\"|\\w+)(?:\\.(\"[^\"]+\"|\\w+))?(?:\\s+(?:as\\s+)?(?!where\\b)(\\w+))?\\s*(where\\b.*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern OTHER_CLAUSE = Pattern.compile(
            "\\b(join|group|having|order|limit|union|qualify|window|from|or)\\b|,", Pattern.CASE_INSENSITIVE);

    private IncrementalFilter() {}

    /**
     * What stands for a condition; null when it is another one.
     *
     * @param condition the text inside {@code if is_incremental()}
     * @param before the SQL that it follows
     * @param tables as SQL spells those that may be meant
     */
    static @Nullable String rewritten(String condition, String before, Set<String> tables) {
        Matcher matcher = CONDITION.matcher(withoutComments(condition).strip());
        Input input = matcher.matches() ? input(before, tables) : null;
        if (input == null || matcher.group(1).equalsIgnoreCase("and") != input.hasWhere()) {
            return null;
        }
        String qualifier = matcher.group(2);
        if (qualifier != null && !qualifier.equalsIgnoreCase(input.name())) {
            return null;
        }
        return "\n" + matcher.group(1).toLowerCase(Locale.ROOT) + " {{ changed(" + input.name() + "." + matcher.group(3)
                + ") }}\n";
    }

    private static String withoutComments(String sql) {
        return sql.replaceAll("--[^\\n]*", " ").replaceAll("(?s)/\\*.*?\\*/", " ");
    }

    private record Input(String name, boolean hasWhere) {}

    /** The one table that the SELECT under way reads. */
    private static @Nullable Input input(String before, Set<String> tables) {
        String sql = SqlPlace.blanked(before);
        int from = lastFrom(sql);
        if (from < 0) {
            return null;
        }
        Matcher matcher = FROM.matcher(before.substring(from).strip());
        // Of the blanked text: what stands in a literal is no clause.
        String rest = sql.substring(from + "from".length());
        if (!matcher.matches() || OTHER_CLAUSE.matcher(topLevel(rest)).find()) {
            return null;
        }
        String table = matcher.group(2) == null ? matcher.group(1) : matcher.group(1) + "." + matcher.group(2);
        String name = matcher.group(3) != null
                ? matcher.group(3)
                : matcher.group(2) != null ? matcher.group(2) : matcher.group(1);
        return tables.contains(table) ? new Input(name, matcher.group(4) != null) : null;
    }

    /** Where the FROM of the innermost SELECT that is still open stands; -1 for none. */
    private static int lastFrom(String sql) {
        int depth = 0;
        for (int i = sql.length() - 1; i >= 0; i--) {
            char c = sql.charAt(i);
            depth += c == ')' ? 1 : c == '(' ? -1 : 0;
            if (depth < 0) {
                return -1;
            }
            boolean word = depth == 0
                    && sql.regionMatches(true, i, "from", 0, 4)
                    && (i == 0 || !isWord(sql.charAt(i - 1)))
                    && i + 4 < sql.length()
                    && !isWord(sql.charAt(i + 4));
            if (word) {
                return i;
            }
        }
        return -1;
    }

    private static String topLevel(String sql) {
        StringBuilder out = new StringBuilder();
        int depth = 0;
        for (char c : sql.toCharArray()) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            out.append(depth > 0 ? ' ' : c);
        }
        return out.toString();
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
