package io.headworks.duckdb.history;

import io.headworks.api.load.History.Type;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is the same in all versions of a key: the latest values, and those before them. */
final class Latest {
    private static final String BEFORE_ALL = "TIMESTAMP '0001-01-01 00:00:00'";
    private static final String AFTER_THAT = "TIMESTAMP '0001-01-02 00:00:00'";

    private final Layout layout;
    private final Evidence evidence;
    private final String last;
    private final Scratch scratch;

    /** @param last what is stored of each key; see {@link StoredRows#keepLast} */
    Latest(Layout layout, Evidence evidence, String last, Scratch scratch) {
        this.layout = layout;
        this.evidence = evidence;
        this.last = last;
        this.scratch = scratch;
    }

    /** A table with the key and each column of types 1, 3 and 4, previous and current values and their times. */
    String keep(String versions) {
        String newest = scratch.keep(
                "newest",
                "SELECT " + layout.keys("e") + ", max(e." + Layout.TIME + ") AS t, arg_max(e." + Layout.SOURCE + ", e."
                        + Layout.TIME + ") = 1 AS is_new FROM " + evidence.table() + " AS e WHERE e." + Layout.KIND
                        + " = " + Layout.VALUE + " GROUP BY ALL");
        // a deletion of the same time may have taken the stored row that is later: its values stay the latest
        String isNew = "(n.is_new AND (l.alive_t IS NULL OR " + Layout.isInferred("l") + " OR n.t >= l.alive_t))";
        Map<String, String> columns = new LinkedHashMap<>();
        StringBuilder joins = new StringBuilder();
        for (Field field : layout.table().of(Type.OVERWRITE, Type.BESIDE)) {
            columns.put(
                    field.name(),
                    "CASE WHEN " + isNew + " THEN b." + Layout.name(field) + " ELSE l." + Layout.name(field) + " END");
        }
        int number = 0;
        for (Field field : layout.table().of(Type.PREVIOUS, Type.HYBRID)) {
            number++;
            boolean hybrid = layout.table().type(field.name()).orElseThrow() == Type.HYBRID;
            String runs = hybrid ? hybrid(field, versions, number) : previous(field, number);
            String alias = "p" + number;
            joins.append(" LEFT JOIN ")
                    .append(runs)
                    .append(" AS ")
                    .append(alias)
                    .append(" ON ");
            joins.append(layout.sameKey("n", alias));
            columns.put(hybrid ? HistoryTable.current(field.name()) : field.name(), alias + ".current_value");
            columns.put(HistoryTable.previous(field.name()), alias + ".previous_value");
            if (!hybrid && layout.table().isTimed()) {
                columns.put(HistoryTable.since(field.name()), alias + ".since");
                columns.put(HistoryTable.until(field.name()), alias + ".until");
            }
        }
        StringBuilder select = new StringBuilder("SELECT " + layout.keys("n"));
        columns.forEach((name, value) ->
                select.append(", ").append(value).append(" AS ").append(DuckSql.name(name)));
        return scratch.keep(
                "latest",
                select + " FROM " + newest + " AS n LEFT JOIN " + last + " AS l ON " + layout.sameKey("n", "l")
                        + " LEFT JOIN " + evidence.batch() + " AS b ON " + layout.sameKey("n", "b") + " AND b."
                        + Layout.TIME + " = n.t" + joins);
    }

    /** The last two values of a type 6 column over the versions. */
    private String hybrid(Field field, String versions, int number) {
        String value = "v." + Layout.VALUES + "." + Layout.name(field);
        return scratch.keep(
                "hybrid" + number,
                "SELECT " + layout.keys("v") + ", first(v.current_value) AS current_value, last(v.value ORDER BY v.f)"
                        + " FILTER (WHERE v.value IS DISTINCT FROM v.current_value) AS previous_value FROM (SELECT "
                        + layout.keys("v") + ", v.f, " + value + " AS value, last_value(" + value
                        + ") OVER (PARTITION BY " + layout.keys("v")
                        + " ORDER BY v.f ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS current_value"
                        + " FROM " + versions + " AS v) AS v GROUP BY ALL");
    }

    /** The last two values of a type 3 column over what was remembered of them and the rows of the batch. */
    private String previous(Field field, int number) {
        String key = layout.keys("x");
        String runs = "SELECT x.*, sum(x.starts) OVER (PARTITION BY " + key
                + " ORDER BY x.t ROWS UNBOUNDED PRECEDING) AS run FROM (SELECT x.*, CASE WHEN row_number() OVER w = 1 OR"
                + " x.value IS DISTINCT FROM lag(x.value) OVER w THEN 1 ELSE 0 END AS starts FROM (SELECT * FROM ("
                + remembered(field) + ") AS x QUALIFY row_number() OVER (PARTITION BY " + key
                + ", x.t ORDER BY x.weight DESC) = 1) AS x WINDOW w AS (PARTITION BY " + key + " ORDER BY x.t)) AS x";
        String each = "SELECT " + key + ", x.run, first(x.value) AS value, min(x.t) AS began, max(x.t) AS ended FROM ("
                + runs + ") AS x GROUP BY ALL";
        return scratch.keep(
                "previous" + number,
                "SELECT " + key + ", x.value AS current_value, lag(x.value) OVER w AS previous_value, x.began AS since,"
                        + " lag(x.ended) OVER w AS until FROM (" + each + ") AS x WINDOW w AS (PARTITION BY " + key
                        + " ORDER BY x.run) QUALIFY row_number() OVER (PARTITION BY " + key
                        + " ORDER BY x.run DESC) = 1");
    }

    private String remembered(Field field) {
        boolean timed = layout.table().isTimed();
        String value = "l." + Layout.name(field);
        String before = "l." + DuckSql.name(HistoryTable.previous(field.name()));
        String since = timed ? "l." + DuckSql.name(HistoryTable.since(field.name())) : AFTER_THAT;
        String until = timed ? "l." + DuckSql.name(HistoryTable.until(field.name())) : BEFORE_ALL;
        String wasOther = timed ? until + " IS NOT NULL" : before + " IS NOT NULL";
        String select = "SELECT " + layout.keys("l") + ", ";
        String batch = "SELECT " + layout.keys("b") + ", b." + Layout.TIME + ", b." + Layout.name(field) + ", 2 FROM "
                + evidence.batch() + " AS b WHERE b." + Layout.KIND + " = " + Layout.VALUE;
        // a deletion of the same time may have taken the row that told the value, and then none alive is as late
        String untilWeight = timed ? "CASE WHEN " + until + " < l.alive_t THEN 3 ELSE 1 END" : "3";
        String told = timed ? "greatest(" + since + ", l.alive_t)" : AFTER_THAT;
        List<String> parts = List.of(
                select + until + " AS t, " + before + " AS value, " + untilWeight + " AS weight FROM " + last
                        + " AS l WHERE " + wasOther,
                select + since + ", " + value + ", 3 FROM " + last + " AS l WHERE "
                        + (timed ? since + " < l.alive_t" : "true"),
                select + told + ", " + value + ", 1 FROM " + last + " AS l WHERE NOT " + Layout.isInferred("l"),
                batch);
        return String.join(" UNION ALL ", parts);
    }
}
