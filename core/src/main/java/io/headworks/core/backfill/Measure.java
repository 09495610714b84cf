package io.headworks.core.backfill;

import org.jspecify.annotations.Nullable;

/**
 * What a table has of the range.
 *
 * @param rows how many
 * @param duplicates rows that repeat the key of another; null where there are no keys, or a key may have versions
 * @param wholeTable true where the table has no such column, so that all of it was counted
 */
record Measure(long rows, @Nullable Long duplicates, boolean wholeTable) {
    static final Measure NO_TABLE = new Measure(0, null, false);
}
