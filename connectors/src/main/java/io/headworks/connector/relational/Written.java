package io.headworks.connector.relational;

/**
 * What a strategy did; see {@link io.headworks.api.load.LoadCounts}.
 *
 * @param marked rows written again with the mark of a deletion; counted in {@code deleted} too
 */
record Written(long staged, long inserted, long updated, long unchanged, long stale, long deleted, long marked) {

    static Written inserted(long rows, long deleted) {
        return new Written(rows, rows, 0, 0, 0, deleted, 0);
    }

    /** The same with rows of the batch that another row of their key superseded. */
    Written withSuperseded(long rows) {
        return new Written(staged + rows, inserted, updated, unchanged, stale + rows, deleted, marked);
    }

    /** Rows that stand in the table because of this load. */
    long rows() {
        return inserted + updated + marked;
    }
}
