package io.headworks.duckdb.load;

import io.headworks.duckdb.load.LoadColumns.Pair;
import java.util.List;

/**
 * What becomes of the keys of rows that are replaced as a whole; measured before they go, and only where a breaker wants
 * to know.
 */
final class Replacement {
    private final ChangeBreaker breaker;
    private final long deleted;
    private final long changed;

    private Replacement(ChangeBreaker breaker, long deleted, long changed) {
        this.breaker = breaker;
        this.deleted = deleted;
        this.changed = changed;
    }

    /** @param replaced a condition on the table's rows {@code t} */
    static Replacement measure(Work work, KeyedBatch batch, String replaced) {
        ChangeBreaker breaker = ChangeBreaker.of(work);
        List<Pair> keys = work.columns().keys();
        String table = work.table().sql() + " AS t";
        String kept = batch.rows().withoutDeletions().sql() + " AS b ON " + Equality.sameKey(keys, "t", "b");
        long deleted = breaker.watchesDeletes()
                ? work.sql().number("SELECT count(*) FROM " + table + " ANTI JOIN " + kept + " WHERE " + replaced)
                : 0;
        String same =
                Equality.same(work.columns().data(), "t", "b", work.table().collated());
        long changed = breaker.watchesChanges()
                ? work.sql()
                        .number("SELECT count(*) FROM " + table + " JOIN " + kept + " WHERE " + replaced + " AND NOT "
                                + same)
                : 0;
        return new Replacement(breaker, deleted, changed);
    }

    void judge() {
        breaker.deleted(deleted);
        breaker.changed(changed);
    }
}
