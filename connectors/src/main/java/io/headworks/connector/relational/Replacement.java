package io.headworks.connector.relational;

import io.headworks.api.load.Load.Breaker;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of rows that are replaced as a whole; their keys are looked up before they go, and only where a breaker
 * wants to know.
 */
final class Replacement {
    private final ChangeBreaker breaker;
    private final boolean keyed;
    private final long deleted;
    private final long changed;

    private Replacement(ChangeBreaker breaker, boolean keyed, long deleted, long changed) {
        this.breaker = breaker;
        this.keyed = keyed;
        this.deleted = deleted;
        this.changed = changed;
    }

    /**
     * @param batch null without merge keys
     * @param replaced a condition on the table's rows {@code t}
     */
    static Replacement measure(LoadWork work, @Nullable KeyedBatch batch, String replaced) {
        long before = work.load().breaker().equals(Breaker.NONE) ? 0 : work.rowsBefore();
        ChangeBreaker breaker = new ChangeBreaker(work.load(), before);
        if (batch == null) {
            return new Replacement(breaker, false, 0, 0);
        }
        String kept = "SELECT 1 FROM " + work.upserts() + " AND "
                + Compare.sameKey(work.columns().keys());
        String rows = "SELECT count(*) FROM " + work.from() + " WHERE " + replaced;
        long deleted = breaker.watchesDeletes() ? work.sql().number(rows + " AND NOT EXISTS (" + kept + ")") : 0;
        String differing =
                kept + " AND NOT " + work.compare().same(work.columns().data());
        long changed = breaker.watchesChanges() ? work.sql().number(rows + " AND EXISTS (" + differing + ")") : 0;
        return new Replacement(breaker, true, deleted, changed);
    }

    void judge(long removed, long inserted) {
        if (keyed) {
            breaker.deleted(deleted);
            breaker.changed(changed);
        } else {
            breaker.replaced(removed, inserted);
        }
    }
}
