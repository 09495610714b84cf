package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a row is rejected, as SQL expressions. */
final class Reasons {
    private static final int LONGEST_VALUE = 80;
    private static final int LONGEST_LIST = 200;

    private static final String HIDDEN = "'***'";

    /** In lower case. */
    private final Set<String> personal;

    /** @param personal columns of which no value is shown, in whatever case */
    Reasons(List<String> personal) {
        this.personal = personal.stream()
                .map(column -> column.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The code, stable and kebab-case, and the check's name, each with a tab after it. */
    static String prefix(Check check) {
        return check.rule().key().replace('_', '-') + "\t" + check.name().replace('\t', ' ') + "\t";
    }

    /** An SQL list of arguments for {@code concat}. */
    String sentence(Rule rule, List<String> columns) {
        String names = String.join(", ", columns);
        if (rule instanceof Rule.NotNull) {
            return DuckSql.text("Cannot accept ") + ", " + firstNull(columns) + ", " + DuckSql.text(": it is NULL");
        } else if (rule instanceof Rule.RowSql) {
            return DuckSql.text("Cannot accept the row: the check's SQL returns it");
        } else if (rule instanceof Rule.Condition condition) {
            return DuckSql.text("Cannot accept the row: it is not true that " + condition.then());
        }
        return DuckSql.text("Cannot accept " + names + ": ") + ", " + shown(columns) + ", "
                + DuckSql.text(" (allowed: " + allowed(rule) + ")");
    }

    static String firstLine(String message) {
        return message.lines().findFirst().orElse(message).strip();
    }

    private static String firstNull(List<String> columns) {
        return columns.stream()
                .map(column -> " WHEN " + DuckSql.name(column) + " IS NULL THEN " + DuckSql.text(column))
                .collect(Collectors.joining("", "CASE", " END"));
    }

    private String shown(List<String> columns) {
        return columns.stream()
                .map(column ->
                        personal.contains(column.toLowerCase(Locale.ROOT)) ? DuckSql.text(HIDDEN) : value(column))
                .collect(Collectors.joining(", ', ', "));
    }

    /** Quoted, on one line, cut. */
    private static String value(String column) {
        String text = "CAST(" + DuckSql.name(column) + " AS VARCHAR)";
        return "concat('''', translate(left(" + text + ", " + LONGEST_VALUE
                + "), chr(9) || chr(10) || chr(13), '   '), CASE WHEN length(" + text + ") > " + LONGEST_VALUE
                + " THEN '…' END, '''')";
    }

    private static String allowed(Rule rule) {
        if (rule instanceof Rule.Range range) {
            return bounds(range.min(), range.minExclusive(), range.max(), range.maxExclusive());
        } else if (rule instanceof Rule.Accepted accepted) {
            String values = String.join(", ", accepted.values());
            return values.length() > LONGEST_LIST ? values.substring(0, LONGEST_LIST) + "…" : values;
        } else if (rule instanceof Rule.Pattern pattern) {
            String matches = String.join(" or ", pattern.matches());
            String others = String.join(" or ", pattern.notMatches());
            return "text that " + (matches.isEmpty() ? "" : "matches " + matches)
                    + (matches.isEmpty() || others.isEmpty() ? "" : " and ")
                    + (others.isEmpty() ? "" : "does not match " + others);
        } else if (rule instanceof Rule.Parseable parseable) {
            return parseable.type() + (parseable.format() == null ? "" : " as " + parseable.format());
        } else if (rule instanceof Rule.JsonSchema) {
            return "JSON of the check's schema";
        } else if (rule instanceof Rule.Length length) {
            String min = length.min() == null ? null : length.min().toString();
            String max = length.max() == null ? null : length.max().toString();
            return bounds(min, false, max, false) + " characters";
        } else if (rule instanceof Rule.References references) {
            return "what is in " + references.to() + "(" + String.join(", ", references.toColumns()) + ")";
        }
        return RecordCondition.sentence(rule);
    }

    private static String bounds(
            @Nullable String min, boolean minExclusive, @Nullable String max, boolean maxExclusive) {
        String low = min == null ? "" : (minExclusive ? "> " : ">= ") + min;
        String high = max == null ? "" : (maxExclusive ? "< " : "<= ") + max;
        return low + (low.isEmpty() || high.isEmpty() ? "" : " and ") + high;
    }
}
