package io.headworks.connector.relational;

import io.headworks.connector.relational.Database.BatchTable;
import io.headworks.connector.relational.LoadColumns.Pair;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The batch's temporary table left with one row for each key: the newest by order_by, or without it the last by its order
 * in the batch.
 *
 * @param upserts rows to be stored
 * @param superseded rows to be stored whose place a newer one of their key in the batch took
 */
record KeyedBatch(long upserts, long superseded) {
    private static final String RANKED = "hw_tmp_ranked";

    long staged() {
        return upserts + superseded;
    }

    static KeyedBatch of(LoadWork work) {
        List<Pair> keys = work.columns().keys();
        refuseNullKeys(work, keys);
        long before = upserts(work);
        String names = keys.stream().map(Pair::cell).collect(Collectors.joining(", "));
        String index = work.spelling().index(BatchTable.NAME, names);
        if (index != null) {
            work.sql().execute(index);
        }
        work.measured(work.batchTable());
        boolean repeated = !work.sql()
                .query(
                        "SELECT 1 FROM " + work.batch() + " GROUP BY " + names + " HAVING count(*) > 1 "
                                + work.spelling().first(1),
                        row -> row.getInt(1))
                .isEmpty();
        if (repeated) {
            keepNewest(work, keys, names);
        }
        long upserts = upserts(work);
        return new KeyedBatch(upserts, before - upserts);
    }

    private static long upserts(LoadWork work) {
        return work.sql().number("SELECT count(*) FROM " + work.upserts());
    }

    private static void refuseNullKeys(LoadWork work, List<Pair> keys) {
        String anyNull = keys.stream().map(key -> key.in("b") + " IS NULL").collect(Collectors.joining(" OR "));
        String rows = work.batch() + " WHERE " + anyNull;
        long nulls = work.sql().number("SELECT count(*) FROM " + rows);
        if (nulls > 0) {
            String culprits = keys.stream()
                    .filter(key -> work.sql()
                                    .number("SELECT count(*) FROM " + work.batch() + " WHERE " + key.in("b")
                                            + " IS NULL")
                            > 0)
                    .map(key -> "'" + key.column().name() + "'")
                    .collect(Collectors.joining(", "));
            throw work.refused(nulls + (nulls == 1 ? " row has" : " rows have") + " NULL in key column " + culprits
                    + " (for example: " + work.example(work.columns().data(), rows) + ")");
        }
    }

    /** Rows equally new and equal in content are one; of those that differ nobody can say which is right. */
    private static void keepNewest(LoadWork work, List<Pair> keys, String names) {
        if (work.spelling().ranks()) {
            keepByRank(work, keys, names);
        } else {
            keepByComparison(work, keys);
        }
        refuseUndecided(work, keys, names);
    }

    private static void keepByRank(LoadWork work, List<Pair> keys, String names) {
        List<Pair> orderBy = work.columns().orderBy();
        String newestFirst =
                orderBy.isEmpty() ? "b.hw_order DESC" : work.compare().newestFirst(orderBy);
        String content = Stream.concat(
                        Stream.concat(Stream.of("b.hw_deletion"), keys.stream().map(key -> key.in("b"))),
                        work.columns().data().stream()
                                .map(pair -> "CASE WHEN b.hw_deletion THEN NULL ELSE "
                                        + work.compare().exact(pair, "b") + " END"))
                .collect(Collectors.joining(", "));
        work.dropTemporary(RANKED);
        work.spelling()
                .createTemporary(
                        RANKED,
                        List.of(),
                        "SELECT hw_row, place, row_number() OVER (PARTITION BY place, " + content
                                + " ORDER BY hw_row) AS copy FROM (SELECT b.*, rank() OVER (PARTITION BY " + names
                                + " ORDER BY " + newestFirst + ") AS place FROM " + work.batch() + ") AS b")
                .forEach(work.sql()::execute);
        work.sql()
                .execute("DELETE FROM " + work.batchTable() + " WHERE hw_row IN (SELECT hw_row FROM "
                        + work.spelling().temporary(RANKED) + " WHERE place > 1 OR copy > 1)");
        work.dropTemporary(RANKED);
    }

    /** The same where there are no ranks: first what is older than another goes, then what is a copy of another. */
    private static void keepByComparison(LoadWork work, List<Pair> keys) {
        List<Pair> orderBy = work.columns().orderBy();
        String newer =
                orderBy.isEmpty() ? "o.hw_order > b.hw_order" : work.compare().newer(orderBy, "o", "b");
        String copy = "o.hw_row < b.hw_row AND o.hw_deletion = b.hw_deletion AND (b.hw_deletion OR "
                + work.compare().sameInBatch(work.columns().data(), "o", "b") + ")";
        String sameKey =
                keys.stream().map(key -> key.in("o") + " = " + key.in("b")).collect(Collectors.joining(" AND "));
        for (String beaten : List.of(newer, copy)) {
            work.sql()
                    .execute(work.spelling()
                            .delete(
                                    work.batchTable(),
                                    "b",
                                    "EXISTS (SELECT 1 FROM " + work.batchTable() + " AS o WHERE " + sameKey + " AND "
                                            + beaten + ")"));
        }
    }

    private static void refuseUndecided(LoadWork work, List<Pair> keys, String names) {
        String undecided =
                "(SELECT " + names + " FROM " + work.batch() + " GROUP BY " + names + " HAVING count(*) > 1) AS b";
        long many = work.sql().number("SELECT count(*) FROM " + undecided);
        if (many > 0) {
            String why = work.load().orderBy().isEmpty()
                    ? "nothing says which came last"
                    : "are equal in order_by (" + String.join(", ", work.load().orderBy()) + ")";
            throw work.refused(many + (many == 1 ? " key has" : " keys have") + " rows in the batch that differ and "
                    + why + " (for example: " + work.example(keys, undecided) + ")");
        }
    }
}
