package io.headworks.core.record;

import org.jspecify.annotations.Nullable;

/**
 * One stage of a run. Rows are null where the stage does not count them.
 *
 * @param name extract, a transform stage, gate, load or after
 * @param detail the operation, strategy or physical plan
 * @param dropped rows filtered out or removed as duplicates
 */
public record StageRecord(
        String name,
        String detail,
        @Nullable Long rowsIn,
        @Nullable Long rowsOut,
        long rejected,
        long dropped,
        double seconds) {}
