package io.headworks.duckdb.load;

import io.headworks.api.load.LoadRequest.Slice;

/** Inserts; rows of a slice that is repeated are replaced. */
final class Append {

    private Append() {}

    static Written apply(Work work) {
        if (!work.load().mergeKeys().isEmpty()) {
            throw work.notAllowed("merge keys: not yet");
        }
        Slice slice = work.request().slice();
        Insertion insertion = Insertion.ofBatch(work).refuseDeletions();
        if (slice == null) {
            return Written.inserted(insertion.into(work.table().sql()), 0);
        }
        long deleted = deleteSlice(work, slice);
        long inserted = insertion.refuseOutside(slice).into(work.table().sql());
        ChangeBreaker.of(work).replaced(deleted, inserted);
        return Written.inserted(inserted, deleted);
    }

    static long deleteSlice(Work work, Slice slice) {
        LoadColumns.Pair column = work.columns().named(slice.column(), "slice column");
        return work.sql()
                .write("DELETE FROM " + work.table().sql() + " WHERE "
                        + SliceRange.of(slice, column.column()).where(column.name()));
    }
}
