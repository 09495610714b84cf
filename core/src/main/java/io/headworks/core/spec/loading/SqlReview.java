package io.headworks.core.spec.loading;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.SqlInspector;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.SqlText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Has all SQL of a project read by the engine's parser, in one call; the parser is not started when there is none. */
final class SqlReview {
    private final IdentityHashMap<SqlText, SqlInspector.Finding> findings = new IdentityHashMap<>();

    /** A dataset named in SQL, and where. */
    record TableMention(DatasetName name, SqlText text, int offset) {}

    SqlReview(List<SqlText> texts, Supplier<SqlInspector> inspector) {
        if (texts.isEmpty()) {
            return;
        }
        Map<SqlInspector.Text, List<SqlText>> distinct = new LinkedHashMap<>();
        texts.forEach(text -> distinct.computeIfAbsent(
                        new SqlInspector.Text(text.sql(), text.kind()), each -> new ArrayList<>())
                .add(text));
        try (SqlInspector open = inspector.get()) {
            List<SqlInspector.Finding> found = open.inspect(List.copyOf(distinct.keySet()));
            int i = 0;
            for (List<SqlText> same : distinct.values()) {
                SqlInspector.Finding finding = found.get(i++);
                same.forEach(text -> findings.put(text, finding));
            }
        }
    }

    /** Reports which of these texts cannot be read. */
    void reportErrors(List<SqlText> texts, Problems problems) {
        texts.forEach(text -> {
            SqlInspector.Finding finding = findings.get(text);
            if (finding != null && finding.error() != null) {
                problems.error(
                        text.place(finding.errorOffset()),
                        "sql-syntax",
                        "Cannot read SQL of " + text.path() + ": " + finding.error(),
                        null);
            }
        });
    }

    /** Reports tables in a condition over rows, and columns that the rows do not have. */
    void reportStrangers(SourceSql sql, Problems problems) {
        SqlInspector.Finding finding = findings.get(sql.text());
        if (finding == null || finding.error() != null) {
            return;
        }
        if (sql.isCondition() && !finding.tables().isEmpty()) {
            problems.error(
                    sql.text().place(-1),
                    "invalid-value",
                    "Cannot use " + sql.text().path() + ": it reads "
                            + finding.tables().get(0) + " (allowed: a condition over the extracted columns)",
                    "join or filter it in a stage");
        }
        Set<String> columns = sql.columns();
        if (columns != null) {
            finding.columns().stream()
                    .filter(column -> columns.stream().noneMatch(column::equalsIgnoreCase))
                    .filter(column -> !isPartOfAnother(sql.text().sql(), column))
                    .forEach(column -> problems.error(
                            sql.text().place(offset(sql.text().sql(), column)),
                            "unknown-column",
                            "Cannot use " + sql.text().path() + ": column '" + column + "' is not extracted (columns: "
                                    + String.join(", ", columns) + ")",
                            null));
        }
    }

    /** What stands behind a dot may be a member of a struct. */
    private static boolean isPartOfAnother(String sql, String name) {
        return Pattern.compile("\\.\\s*\"?" + Pattern.quote(name), Pattern.CASE_INSENSITIVE)
                .matcher(sql)
                .find();
    }

    /** What the rows of a text depend on; null where nobody read it, or could. */
    SqlInspector.@Nullable Reach reach(SqlText text) {
        SqlInspector.Finding finding = findings.get(text);
        if (finding == null || finding == UnreadSql.NOTHING || finding.error() != null) {
            return null;
        }
        return finding.reach();
    }

    /** The datasets that texts name, in order. */
    List<TableMention> tables(List<SqlText> texts) {
        List<TableMention> mentions = new ArrayList<>();
        for (SqlText text : texts) {
            SqlInspector.Finding finding = findings.get(text);
            if (finding != null && finding.error() == null) {
                finding.tables()
                        .forEach(table -> mentions.add(
                                new TableMention(DatasetName.parse(table), text, offset(text.sql(), table))));
            }
        }
        return mentions;
    }

    /** Where a name stands in a text, as a whole word; -1 when it is spelt otherwise there. */
    static int offset(String sql, String table) {
        for (int at = sql.indexOf(table); at >= 0; at = sql.indexOf(table, at + 1)) {
            boolean begins = at == 0 || !Character.isLetterOrDigit(sql.charAt(at - 1));
            int end = at + table.length();
            boolean ends = end == sql.length() || !Character.isLetterOrDigit(sql.charAt(end));
            if (begins && ends) {
                return at;
            }
        }
        return -1;
    }
}
