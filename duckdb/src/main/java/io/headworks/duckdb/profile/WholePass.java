package io.headworks.duckdb.profile;

import io.headworks.api.engine.Relation;
import io.headworks.api.profile.ColumnProfile.Numbers;
import io.headworks.api.profile.ColumnProfile.Outliers;
import io.headworks.api.profile.ColumnProfile.Span;
import io.headworks.api.profile.ColumnProfile.Texts;
import io.headworks.duckdb.sql.SqlRunner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one statement over all rows counts, for some columns together. */
final class WholePass {
    /** Longer texts are cut: they are for people. */
    private static final int LONGEST_SHOWN = 200;

    private final SqlRunner sql;
    private final String from;

    WholePass(SqlRunner sql, Relation rows) {
        this.sql = sql;
        this.from = "(" + rows.sql() + ") AS r";
    }

    /** What was counted of a column. */
    record Counts(
            long rows,
            long present,
            long distinct,
            @Nullable Span span,
            @Nullable Numbers numbers,
            @Nullable Texts texts) {}

    List<Counts> count(List<ColumnSql> columns) {
        String aggregates = columns.stream().map(WholePass::aggregates).collect(Collectors.joining(", "));
        return sql.query("SELECT count(*), " + aggregates + " FROM " + from, row -> {
                    List<Counts> counts = new ArrayList<>();
                    int at = 2;
                    for (ColumnSql column : columns) {
                        counts.add(counts(row, column, at));
                        at += width(column);
                    }
                    return counts;
                })
                .get(0);
    }

    /** How many rows there are of a relation without columns to count. */
    long rows() {
        return sql.number("SELECT count(*) FROM " + from);
    }

    private static int width(ColumnSql column) {
        return 2 + (column.isOrdered() ? 2 : 0) + (column.isNumber() ? 3 : 0) + (column.isText() ? 4 : 0);
    }

    private static String aggregates(ColumnSql column) {
        String name = column.name();
        StringBuilder all = new StringBuilder("count(" + name + "), approx_count_distinct(" + name + ")");
        if (column.isOrdered()) {
            all.append(", ").append(shown("min(" + column.finite() + ")"));
            all.append(", ").append(shown("max(" + column.finite() + ")"));
        }
        if (column.isNumber()) {
            all.append(", avg(").append(column.summable()).append(')');
            all.append(", stddev_samp(").append(column.summable()).append(')');
            all.append(column.mayBeInfinite() ? ", count_if(NOT isfinite(" + name + "))" : ", 0");
        }
        if (column.isText()) {
            String length = "length(" + column.value() + ")";
            all.append(", min(")
                    .append(length)
                    .append("), max(")
                    .append(length)
                    .append("), avg(")
                    .append(length);
            all.append("), count_if(").append(column.value()).append(" = '')");
        }
        return all.toString();
    }

    static String shown(String expression) {
        return "left(CAST(" + expression + " AS VARCHAR), " + LONGEST_SHOWN + ")";
    }

    private static Counts counts(ResultSet row, ColumnSql column, int first) throws SQLException {
        int at = first + 2;
        Span span = null;
        if (column.isOrdered()) {
            String min = row.getString(at);
            String max = row.getString(at + 1);
            span = min == null || max == null ? null : new Span(min, max);
            at += 2;
        }
        long present = row.getLong(first);
        Numbers numbers = column.isNumber() && present > 0
                ? new Numbers(number(row, at), number(row, at + 1), row.getLong(at + 2), null)
                : null;
        Texts texts = column.isText() && present > 0
                ? new Texts(row.getLong(at), row.getLong(at + 1), row.getDouble(at + 2), row.getLong(at + 3))
                : null;
        return new Counts(row.getLong(1), present, row.getLong(first + 1), span, numbers, texts);
    }

    private static @Nullable Double number(ResultSet row, int at) throws SQLException {
        double number = row.getDouble(at);
        return row.wasNull() ? null : number;
    }

    /** A column with fences. */
    record Fence(ColumnSql column, double low, double high) {}

    /** How many values lie beyond fences, of all columns in one statement. */
    List<Outliers> beyond(List<Fence> fences) {
        if (fences.isEmpty()) {
            return List.of();
        }
        String counts = fences.stream()
                .map(fence -> "count_if(" + fence.column().measure() + " < " + fence.low() + "), count_if("
                        + fence.column().measure() + " > " + fence.high() + ")")
                .collect(Collectors.joining(", "));
        return sql.query("SELECT " + counts + " FROM " + from, row -> {
                    List<Outliers> found = new ArrayList<>();
                    for (int i = 0; i < fences.size(); i++) {
                        found.add(new Outliers(
                                fences.get(i).low(),
                                fences.get(i).high(),
                                row.getLong(2 * i + 1),
                                row.getLong(2 * i + 2)));
                    }
                    return found;
                })
                .get(0);
    }
}
