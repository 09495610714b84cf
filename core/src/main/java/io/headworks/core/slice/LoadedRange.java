package io.headworks.core.slice;

import org.jspecify.annotations.Nullable;

/**
 * Neighbouring slices that one definition loaded.
 *
 * @param definition the hash of what made the rows; empty when that is not known
 * @param runId the newest run of them
 * @param slices how many loads it is made of; null when a load was cut through since
 * @param rows how many rows they brought; null when a load was cut through since
 */
public record LoadedRange(
        Slice range,
        String definition,
        String runId,
        @Nullable Long slices,
        @Nullable Long rows) {

    /** One range of two neighbours. */
    LoadedRange with(LoadedRange next) {
        return new LoadedRange(
                new Slice(range.from(), next.range.to()),
                definition,
                runId.compareTo(next.runId) >= 0 ? runId : next.runId,
                sum(slices, next.slices),
                sum(rows, next.rows));
    }

    boolean continues(LoadedRange before) {
        return before.range.meets(range) && before.definition.equals(definition);
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null ? null : Long.valueOf(one + other);
    }
}
