package io.headworks.duckdb.profile;

import io.headworks.api.engine.Relation;
import io.headworks.api.profile.ColumnProfile.Bin;
import io.headworks.api.profile.ColumnProfile.Counted;
import io.headworks.api.profile.ColumnProfile.Quantile;
import io.headworks.api.profile.Form;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is looked at in the sample alone. */
final class SampleLook {
    private static final List<Double> SHARES = List.of(0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99);
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = UPPER.toLowerCase(java.util.Locale.ROOT);
    private static final String DIGITS = "0123456789";

    private final SqlRunner sql;
    private final String from;

    SampleLook(SqlRunner sql, Relation sample) {
        this.sql = sql;
        this.from = "(" + sample.sql() + ") AS s";
    }

    /** How many values are not NULL. */
    long present(ColumnSql column) {
        return sql.number("SELECT count(" + column.name() + ") FROM " + from);
    }

    List<Quantile> quantiles(ColumnSql column) {
        String shares = SHARES.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        String values = IntStream.rangeClosed(1, SHARES.size())
                .mapToObj(i -> "CAST(q[" + i + "] AS VARCHAR)")
                .collect(Collectors.joining(", "));
        return sql.query(
                        "SELECT " + values + " FROM (SELECT quantile_disc(" + column.finite() + ", " + shares
                                + ") AS q FROM " + from + ")",
                        row -> {
                            List<Quantile> quantiles = new ArrayList<>();
                            for (int i = 0; i < SHARES.size(); i++) {
                                String value = row.getString(i + 1);
                                if (value != null) {
                                    quantiles.add(new Quantile(SHARES.get(i), value));
                                }
                            }
                            return quantiles;
                        })
                .get(0);
    }

    /** The first and third quartile as measures; empty where there is no value. */
    List<Double> quartiles(ColumnSql column) {
        return sql
                .query(
                        "SELECT q[1], q[2] FROM (SELECT quantile_disc(" + column.measure()
                                + ", [0.25, 0.75]) AS q FROM " + from + ") WHERE q[1] IS NOT NULL",
                        row -> List.of(row.getDouble(1), row.getDouble(2)))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Bins of one width from the smallest to the largest value, empty ones too. */
    List<Bin> histogram(ColumnSql column, int bins) {
        String measured = "SELECT m, min(m) OVER () AS lo, max(m) OVER () AS hi FROM (SELECT " + column.measure()
                + " AS m FROM " + from + ") WHERE m IS NOT NULL";
        String place = "CASE WHEN hi > lo THEN least(" + (bins - 1) + ", CAST(floor((m - lo) / (hi - lo) * " + bins
                + ") AS INTEGER)) ELSE 0 END";
        Map<Integer, Long> counts = new TreeMap<>();
        List<Double> ends = new ArrayList<>();
        sql.query(
                "SELECT " + place + " AS b, count(*), any_value(lo), any_value(hi) FROM (" + measured + ") GROUP BY b",
                row -> {
                    if (ends.isEmpty()) {
                        ends.add(row.getDouble(3));
                        ends.add(row.getDouble(4));
                    }
                    return counts.put(row.getInt(1), row.getLong(2));
                });
        if (ends.isEmpty()) {
            return List.of();
        }
        double low = ends.get(0);
        double high = ends.get(1);
        int all = high > low ? bins : 1;
        double width = (high - low) / all;
        return IntStream.range(0, all)
                .mapToObj(i -> new Bin(
                        low + i * width, i == all - 1 ? high : low + (i + 1) * width, counts.getOrDefault(i, 0L)))
                .toList();
    }

    List<Counted> shapes(ColumnSql column, int most) {
        String shape = "translate(" + column.value() + ", '" + UPPER + LOWER + DIGITS + "', '" + "A".repeat(26)
                + "a".repeat(26) + "9".repeat(10) + "')";
        return sql.query(
                "SELECT left(" + shape + ", 60), count(*) FROM " + from + " WHERE " + column.name()
                        + " IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + most,
                row -> new Counted(row.getString(1), row.getLong(2)));
    }

    /** Each different value is matched once. */
    Map<String, Long> forms(ColumnSql column, List<Form> forms) {
        if (forms.isEmpty()) {
            return Map.of();
        }
        String counts = forms.stream()
                .map(form -> "coalesce(sum(CASE WHEN " + condition(form) + " THEN n END), 0)")
                .collect(Collectors.joining(", "));
        return sql.query(
                        "SELECT " + counts + " FROM (SELECT CAST(" + column.name() + " AS VARCHAR) AS v, count(*) AS n"
                                + " FROM " + from + " WHERE " + column.name() + " IS NOT NULL GROUP BY 1)",
                        row -> {
                            Map<String, Long> found = new LinkedHashMap<>();
                            for (int i = 0; i < forms.size(); i++) {
                                found.put(forms.get(i).name(), row.getLong(i + 1));
                            }
                            return found;
                        })
                .get(0);
    }

    private static String condition(Form form) {
        if (form instanceof Form.Matching matching) {
            return "regexp_full_match(v, " + DuckSql.text(matching.expression()) + ")";
        } else if (form instanceof Form.OneOf list) {
            return "v IN (" + DuckSql.texts(list.values()) + ")";
        }
        String type = DuckTypes.spelling(((Form.Readable) form).type());
        return "TRY_CAST(v AS " + type + ") IS NOT NULL";
    }
}
