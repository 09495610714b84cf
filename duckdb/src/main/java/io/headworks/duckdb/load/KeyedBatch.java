package io.headworks.duckdb.load;

import io.headworks.duckdb.load.LoadColumns.Pair;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A batch with one row for each key: the newest by order_by, or without it the last by its order in the batch.
 *
 * @param upserts rows to be stored
 * @param deletions rows that delete their key
 * @param superseded rows to be stored whose place a newer one of their key in the batch took
 * @param deletes true when any row deletes, also one whose place a newer one took
 */
record KeyedBatch(BatchRows rows, long upserts, long deletions, long superseded, boolean deletes) {

    long staged() {
        return upserts + superseded;
    }

    static KeyedBatch of(Work work) {
        return new Reading(work, BatchRows.again(work)).read();
    }

    /** As if the deletions of the batch were not there. */
    static KeyedBatch withoutDeletions(Work work) {
        return new Reading(work, BatchRows.again(work).withoutDeletions()).read();
    }

    /** Rows, and how many of them are deletions or have NULL in a key. */
    private record Profile(long rows, long deletions, long nullKeys) {}

    private static final class Reading {
        private final Work work;
        private final List<Pair> keys;
        private final List<Pair> orderBy;
        private final String rows;
        private final String keyNames;

        Reading(Work work, BatchRows batch) {
            this.work = work;
            this.keys = work.columns().keys();
            this.orderBy = work.columns().orderBy();
            this.rows = batch.sql();
            this.keyNames = keys.stream().map(Pair::name).collect(Collectors.joining(", "));
        }

        KeyedBatch read() {
            Profile all = profile(rows);
            if (all.nullKeys() > 0) {
                refuseNulls(all.nullKeys());
            }
            String repeated = work.sql()
                    .keep("SELECT " + keyNames + " FROM " + rows + " AS b GROUP BY " + keyNames
                            + " HAVING count(*) > 1");
            if (work.sql().number("SELECT count(*) FROM " + repeated) == 0) {
                return new KeyedBatch(
                        new BatchRows(rows), all.rows() - all.deletions(), all.deletions(), 0, all.deletions() > 0);
            }
            String winners = winners(repeated);
            Profile won = profile(winners);
            long upserts = won.rows() - won.deletions();
            return new KeyedBatch(
                    new BatchRows(winners),
                    upserts,
                    won.deletions(),
                    all.rows() - all.deletions() - upserts,
                    all.deletions() > 0);
        }

        private Profile profile(String from) {
            return work.sql()
                    .query(
                            "SELECT count(*), count_if(" + BatchRows.DELETION + "), count_if(" + anyKeyNull()
                                    + ") FROM " + from + " AS b",
                            row -> new Profile(row.getLong(1), row.getLong(2), row.getLong(3)))
                    .get(0);
        }

        private String anyKeyNull() {
            return keys.stream().map(key -> "b." + key.name() + " IS NULL").collect(Collectors.joining(" OR "));
        }

        private void refuseNulls(long nulls) {
            List<String> culprits = keys.stream()
                    .filter(key -> work.sql()
                                    .number("SELECT count(*) FROM " + rows + " AS b WHERE b." + key.name() + " IS NULL")
                            > 0)
                    .map(key -> "'" + key.column().name() + "'")
                    .toList();
            throw work.refused(nulls + (nulls == 1 ? " row has" : " rows have") + " NULL in key column "
                    + String.join(", ", culprits) + " (for example: "
                    + Example.of(work, work.columns().data(), rows + " AS b WHERE " + anyKeyNull()) + ")");
        }

        /** Only the rows of repeated keys are ranked; all others are taken as they are. */
        private String winners(String repeated) {
            String newestFirst = orderBy.isEmpty()
                    ? BatchRows.ORDER + " DESC NULLS LAST"
                    : orderBy.stream()
                            .map(column -> column.name() + " DESC NULLS LAST")
                            .collect(Collectors.joining(", "));
            String sameKey = Equality.sameKey(keys, "b", "r");
            String newest = work.sql()
                    .keep("SELECT DISTINCT ON (" + Equality.content(work, "b") + ") * FROM (SELECT b.* FROM " + rows
                            + " AS b SEMI JOIN " + repeated + " AS r ON " + sameKey
                            + " QUALIFY rank() OVER (PARTITION BY " + keyNames + " ORDER BY " + newestFirst
                            + ") = 1) AS b");
            refuseUndecided(newest);
            return work.sql()
                    .keep("SELECT b.* FROM " + rows + " AS b ANTI JOIN " + repeated + " AS r ON " + sameKey
                            + " UNION ALL SELECT * FROM " + newest);
        }

        private void refuseUndecided(String newest) {
            String undecided = "(SELECT " + keyNames + " FROM " + newest + " AS n GROUP BY " + keyNames
                    + " HAVING count(*) > 1) AS b";
            long many = work.sql().number("SELECT count(*) FROM " + undecided);
            if (many > 0) {
                String why = orderBy.isEmpty()
                        ? "nothing says which came last"
                        : "are equal in order_by ("
                                + String.join(", ", work.load().orderBy()) + ")";
                throw work.refused(
                        many + (many == 1 ? " key has" : " keys have") + " rows in the batch that differ and " + why
                                + " (for example: " + Example.of(work, keys, undecided) + ")");
            }
        }
    }
}
