package io.headworks.duckdb.load;

import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.duckdb.load.LoadColumns.Pair;

/** Inserts. Rows of a slice that is repeated are replaced; with merge keys, those that are there are skipped. */
final class Append {
    private final Work work;

    private Append(Work work) {
        this.work = work;
    }

    static Written apply(Work work) {
        Append append = new Append(work);
        return work.isKeyed() ? append.missingKeys() : append.allRows();
    }

    private Written allRows() {
        long deleted = deleteSlice();
        long inserted = within(Insertion.of(work, BatchRows.once(work))).into(table());
        ChangeBreaker.of(work).replaced(deleted, inserted);
        return Written.inserted(inserted, deleted);
    }

    private Written missingKeys() {
        KeyedBatch batch = KeyedBatch.of(work);
        if (batch.deletes()) {
            throw work.refused(Insertion.NO_DELETIONS);
        }
        Replacement replacement = Replacement.measure(work, batch, replaced());
        long deleted = deleteSlice();
        long inserted = within(Insertion.of(work, batch.rows()))
                .withoutThoseIn(
                        table() + " AS t ON " + Equality.sameKey(work.columns().keys(), "t", "b"))
                .into(table());
        replacement.judge();
        long unchanged = batch.upserts() - inserted;
        return new Written(batch.staged(), inserted, 0, unchanged, batch.superseded(), deleted, 0, false);
    }

    private Insertion within(Insertion insertion) {
        Slice slice = work.request().slice();
        Insertion refusing = insertion.refuseDeletions();
        return slice == null ? refusing : refusing.refuseOutside(slice);
    }

    private String replaced() {
        Slice slice = work.request().slice();
        if (slice == null) {
            return "false";
        }
        Pair column = work.columns().named(slice.column(), "slice column");
        return SliceRange.of(slice, column.column()).where("t." + column.name());
    }

    private long deleteSlice() {
        return work.request().slice() == null
                ? 0
                : work.sql().write("DELETE FROM " + table() + " AS t WHERE " + replaced());
    }

    private String table() {
        return work.table().sql();
    }
}
