package io.headworks.duckdb.profile;

import io.headworks.api.engine.Relation;
import io.headworks.api.profile.ColumnProfile.Counted;
import io.headworks.api.profile.ColumnProfile.Distinct;
import io.headworks.api.profile.ColumnProfile.TopValues;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.List;

/**
 * The most frequent values, with exact numbers of rows. Of few different values all are counted. Of many, those that are
 * frequent in a sample are counted in the whole table: a value in one of a thousand rows is among them, and counting
 * millions of groups to show ten is what makes others slow.
 */
final class FrequentValues {
    /** Up to so many different values all are counted: their table fits a processor's cache. */
    static final long FEW = 10_000;

    /** A value with at least this share of all rows is frequent. */
    private static final double RAREST = 0.001;

    private static final long FEWEST_IN_SAMPLE = 5;

    private final SqlRunner sql;
    private final String all;
    private final String sample;
    private final long sampled;
    private final int most;

    FrequentValues(SqlRunner sql, Relation rows, Relation sample, long sampled, int most) {
        this.sql = sql;
        this.all = "(" + rows.sql() + ") AS r";
        this.sample = "(" + sample.sql() + ") AS s";
        this.sampled = sampled;
        this.most = most;
    }

    /** Frequent values, and the number of different ones, exact where all were counted. */
    record Found(TopValues top, Distinct distinct) {}

    /** @param estimate of the number of different values */
    Found of(ColumnSql column, long estimate, boolean isWhole) {
        return isWhole || estimate <= FEW ? counted(column, isWhole ? sample : all) : frequent(column, estimate);
    }

    private Found counted(ColumnSql column, String from) {
        List<Group> groups = sql.query(
                "WITH g AS MATERIALIZED (SELECT " + column.value() + " AS v, count(*) AS n FROM " + from + " WHERE "
                        + column.name() + " IS NOT NULL GROUP BY 1) SELECT " + WholePass.shown("v")
                        + ", n, (SELECT count(*) FROM g) FROM g ORDER BY n DESC, CAST(v AS VARCHAR) LIMIT " + most,
                row -> new Group(new Counted(row.getString(1), row.getLong(2)), row.getLong(3)));
        long distinct = groups.isEmpty() ? 0 : groups.get(0).of();
        List<Counted> values = groups.stream().map(Group::counted).toList();
        return new Found(new TopValues(values, values.size() == distinct, 0), new Distinct(distinct, true));
    }

    /** A value and how many there are in all. */
    private record Group(Counted counted, long of) {}

    private Found frequent(ColumnSql column, long estimate) {
        long fewest = Math.max(FEWEST_IN_SAMPLE, Math.round(sampled * RAREST / 2));
        String frequent = "SELECT " + column.value() + " FROM " + sample + " WHERE " + column.name()
                + " IS NOT NULL GROUP BY 1 HAVING count(*) >= " + fewest + " ORDER BY count(*) DESC, 1 LIMIT "
                + 2 * most;
        boolean none = sql.query(frequent, row -> true).isEmpty();
        List<Counted> values = none
                ? List.of()
                : sql.query(
                        "SELECT " + WholePass.shown("v") + ", n FROM (SELECT " + column.value()
                                + " AS v, count(*) AS n FROM " + all + " WHERE " + column.value() + " IN (" + frequent
                                + ") GROUP BY 1) ORDER BY n DESC, CAST(v AS VARCHAR) LIMIT " + most,
                        row -> new Counted(row.getString(1), row.getLong(2)));
        return new Found(new TopValues(values, false, RAREST), new Distinct(estimate, false));
    }
}
