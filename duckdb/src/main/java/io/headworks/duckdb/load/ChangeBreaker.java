package io.headworks.duckdb.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load.Breaker;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Stops a load that deletes or changes more than a share of what was there. */
final class ChangeBreaker {
    private final Work work;
    private final long before;

    private ChangeBreaker(Work work, long before) {
        this.work = work;
        this.before = before;
    }

    /** Over all rows of the table. */
    static ChangeBreaker of(Work work) {
        return new ChangeBreaker(work, work.rowsBefore());
    }

    /** Over the rows that are not marked as deleted. */
    static ChangeBreaker ofLiveRows(Work work) {
        String mark = work.columns().markName();
        if (mark == null || work.load().breaker().equals(Breaker.NONE)) {
            return of(work);
        }
        return new ChangeBreaker(
                work,
                work.sql()
                                .number("SELECT count(*) FROM " + work.table().sql() + " WHERE " + mark
                                        + " IS DISTINCT FROM true")
                        + work.elsewhere().live());
    }

    /** True when the table is large enough for a limit to apply. */
    boolean watchesDeletes() {
        return work.load().breaker().deleted() != null && isLargeEnough();
    }

    boolean watchesChanges() {
        return work.load().breaker().changed() != null && isLargeEnough();
    }

    private boolean isLargeEnough() {
        return before > 0 && before >= work.load().breaker().minRows();
    }

    void deleted(long keys) {
        if (watchesDeletes()) {
            compare("deleted", keys, work.load().breaker().deleted());
        }
    }

    void changed(long keys) {
        if (watchesChanges()) {
            compare("changed", keys, work.load().breaker().changed());
        }
    }

    /** Rows replaced as a whole and without keys: what is missing afterwards counts as deleted. */
    void replaced(long removed, long inserted) {
        deleted(Math.max(0, removed - inserted));
        if (watchesChanges()) {
            throw work.notAllowed("max_change.changed cannot be told without merge_keys");
        }
    }

    private void compare(String what, long keys, @Nullable BigDecimal limit) {
        BigDecimal share = BigDecimal.valueOf(keys).divide(BigDecimal.valueOf(before), 6, RoundingMode.HALF_UP);
        if (limit == null || BigDecimal.valueOf(keys).compareTo(limit.multiply(BigDecimal.valueOf(before))) <= 0) {
            return;
        }
        Breaker breaker = work.load().breaker();
        throw new HeadworksException(
                FailureKind.GATE,
                "Cannot publish " + work.load().table() + ": " + keys + " of " + before + " rows would be " + what
                        + ", "
                        + percent(share) + " (max_change allows " + what + ": " + percent(limit) + " from "
                        + breaker.minRows() + " rows on)",
                "If this is right, run again with --override-gate REASON, or raise load.max_change." + what + ".");
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
