package io.headworks.duckdb.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load.Deletes;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.load.Strategy;
import io.headworks.duckdb.load.LoadColumns.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Upsert, merge and soft-delete: one join finds what each row of the batch means to the table, then the rows concerned
 * are deleted by row number and written anew. Scattered rows are never updated in place, which would rewrite nearly every
 * block of the table.
 */
final class KeyedWrite {
    private final Work work;
    private final KeyedBatch batch;
    private final List<Pair> keys;
    private final String table;

    private KeyedWrite(Work work, KeyedBatch batch) {
        this.work = work;
        this.batch = batch;
        this.keys = work.columns().keys();
        this.table = work.table().sql();
    }

    static Written apply(Work work) {
        if (work.load().mergeKeys().isEmpty()) {
            throw work.notAllowed("merge_keys are missing");
        }
        KeyedBatch batch = ignoresDeletions(work) ? KeyedBatch.withoutDeletions(work) : KeyedBatch.of(work);
        return new KeyedWrite(work, batch).write();
    }

    private static boolean ignoresDeletions(Work work) {
        return work.load().strategy() == Strategy.UPSERT
                || (work.load().strategy() == Strategy.MERGE && work.load().deletes() == Deletes.IGNORE);
    }

    private Written write() {
        if (work.rowsBefore() == 0) {
            long inserted = Insertion.of(work, batch.rows()).withoutDeletions().into(table);
            return Written.inserted(inserted, 0).withSuperseded(batch.superseded());
        }
        Matches matches = Matches.of(work, batch);
        String absent = absent();
        long deleted = matches.count(Verdict.DELETE) + (absent == null ? 0 : count(absent));
        long updated = matches.count(Verdict.UPDATE);
        ChangeBreaker breaker = ChangeBreaker.ofLiveRows(work);
        breaker.deleted(deleted);
        breaker.changed(updated);

        String marked = work.columns().markName() == null || deleted == 0 ? null : markedCopies(matches, absent);
        removeReplaced(matches, absent, deleted + updated);
        long inserted = insertUpserts(matches);
        long markedRows = marked == null ? 0 : insertMarked(marked);
        return new Written(
                batch.staged(),
                inserted,
                updated,
                matches.count(Verdict.SAME),
                matches.count(Verdict.STALE) + batch.superseded(),
                deleted,
                markedRows,
                false);
    }

    private long count(String kept) {
        return work.sql().number("SELECT count(*) FROM " + kept);
    }

    /** Numbers of the rows that a snapshot lacks, within its slice; null where absence means nothing. */
    private @Nullable String absent() {
        if (work.request().kind() != BatchKind.SNAPSHOT || ignoresDeletions(work)) {
            return null;
        }
        Slice slice = work.request().slice();
        String range = "true";
        if (slice != null) {
            Pair column = work.columns().named(slice.column(), "slice column");
            range = SliceRange.of(slice, column.column()).where("t." + column.name());
        }
        String mark = work.columns().markName();
        String live = mark == null ? "true" : "t." + mark + " IS DISTINCT FROM true";
        return work.sql()
                .keep("SELECT t.rowid AS _hw_row FROM " + table + " AS t ANTI JOIN "
                        + batch.rows().sql() + " AS b ON " + Equality.sameKey(keys, "t", "b") + " WHERE " + range
                        + " AND " + live);
    }

    /**
     * The rows to be marked, as they will be written. A deletion that says when leaves that in the order columns, so that
     * an older row does not bring the key back.
     */
    private String markedCopies(Matches matches, @Nullable String absent) {
        List<Pair> orderBy = work.columns().orderBy();
        String newer = Equality.newer(orderBy, "b", "t");
        List<String> values = work.columns().data().stream()
                .map(pair -> orderBy.contains(pair)
                        ? "CASE WHEN " + newer + " THEN b." + pair.name() + " ELSE t." + pair.name() + " END"
                        : "t." + pair.name())
                .toList();
        String deleted = "SELECT " + work.columns().values(values, true) + " FROM " + table + " AS t JOIN "
                + matches.table() + " AS m ON t.rowid = m._hw_row AND m._hw_verdict = " + Verdict.DELETE.sql()
                + " JOIN "
                + batch.rows().sql() + " AS b ON " + Equality.sameKey(keys, "b", "m");
        if (absent == null) {
            return work.sql().keep(deleted);
        }
        List<String> unchanged =
                work.columns().data().stream().map(pair -> "t." + pair.name()).toList();
        return work.sql()
                .keep(deleted + " UNION ALL SELECT " + work.columns().values(unchanged, true) + " FROM " + table
                        + " AS t JOIN " + absent + " AS a ON t.rowid = a._hw_row");
    }

    private void removeReplaced(Matches matches, @Nullable String absent, long expected) {
        if (expected == 0) {
            return;
        }
        String replaced = "SELECT _hw_row FROM " + matches.table() + " WHERE _hw_verdict IN (" + Verdict.DELETE.sql()
                + ", " + Verdict.UPDATE.sql() + ")"
                + (absent == null ? "" : " UNION ALL SELECT _hw_row FROM " + absent);
        expect(expected, work.sql().write("DELETE FROM " + table + " WHERE rowid IN (" + replaced + ")"), "deleted");
    }

    /** The number of rows that were not there before. */
    private long insertUpserts(Matches matches) {
        long inserted = batch.upserts() - matches.upserts();
        long updated = matches.count(Verdict.UPDATE);
        Insertion insertion = Insertion.of(work, batch.rows()).withoutDeletions();
        if (matches.count(Verdict.SAME) + matches.count(Verdict.STALE) > 0) {
            String left = matches.table() + " AS m ON m._hw_verdict IN (" + Verdict.SAME.sql() + ", "
                    + Verdict.STALE.sql() + ") AND " + Equality.sameKey(keys, "b", "m");
            insertion = insertion.withoutThoseIn(left);
        }
        if (inserted + updated > 0) {
            expect(inserted + updated, insertion.into(table), "written");
        }
        return inserted;
    }

    private long insertMarked(String marked) {
        return work.sql().write("INSERT INTO " + table + " (" + work.columns().written() + ") SELECT * FROM " + marked);
    }

    private void expect(long expected, long rows, String what) {
        if (rows != expected) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot account for the rows of " + work.load().table() + ": " + rows + " were " + what + ", "
                            + expected + " expected");
        }
    }
}
