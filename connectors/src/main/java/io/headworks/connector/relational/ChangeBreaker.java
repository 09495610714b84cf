package io.headworks.connector.relational;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.Load.Breaker;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Stops a load that deletes or changes more than a share of what was there.
 *
 * @param before how many rows the share is of
 */
record ChangeBreaker(Load load, long before) {

    /** False when no size of the table would be small enough for so few keys to be too many: it need not be counted. */
    static boolean mayStop(Breaker breaker, long deleted, long changed) {
        return isAbove(breaker.deleted(), breaker, deleted) || isAbove(breaker.changed(), breaker, changed);
    }

    private static boolean isAbove(@Nullable BigDecimal limit, Breaker breaker, long keys) {
        return limit != null
                && BigDecimal.valueOf(keys).compareTo(limit.multiply(BigDecimal.valueOf(breaker.minRows()))) > 0;
    }

    boolean watchesDeletes() {
        return load.breaker().deleted() != null && isLargeEnough();
    }

    boolean watchesChanges() {
        return load.breaker().changed() != null && isLargeEnough();
    }

    private boolean isLargeEnough() {
        return before > 0 && before >= load.breaker().minRows();
    }

    void deleted(long keys) {
        if (watchesDeletes()) {
            compare("deleted", keys, load.breaker().deleted());
        }
    }

    void changed(long keys) {
        if (watchesChanges()) {
            compare("changed", keys, load.breaker().changed());
        }
    }

    /** Rows replaced as a whole and without keys: what is missing afterwards counts as deleted. */
    void replaced(long removed, long inserted) {
        deleted(Math.max(0, removed - inserted));
        if (watchesChanges()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot " + load.strategy().key() + " into " + load.table()
                            + ": max_change.changed cannot be told without merge_keys");
        }
    }

    private void compare(String what, long keys, @Nullable BigDecimal limit) {
        if (limit == null || BigDecimal.valueOf(keys).compareTo(limit.multiply(BigDecimal.valueOf(before))) <= 0) {
            return;
        }
        BigDecimal share = BigDecimal.valueOf(keys).divide(BigDecimal.valueOf(before), 6, RoundingMode.HALF_UP);
        Breaker breaker = load.breaker();
        throw new HeadworksException(
                FailureKind.GATE,
                "Cannot publish " + load.table() + ": " + keys + " of " + before + " rows would be " + what + ", "
                        + percent(share) + " (max_change allows " + what + ": " + percent(limit) + " from "
                        + breaker.minRows() + " rows on)",
                "If this is right, run again with --override-gate REASON, or raise load.max_change." + what + ".");
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
