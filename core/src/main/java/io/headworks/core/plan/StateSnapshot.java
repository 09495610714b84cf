package io.headworks.core.plan;

import org.jspecify.annotations.Nullable;

/**
 * What local state knows of a dataset, as a value.
 *
 * @param lastRunNumber the highest run number it has seen committed; 0 when it knows of none
 * @param heldBy an upstream pipeline whose last run failed a P0 check, so that nothing downstream may run; null for none
 */
public record StateSnapshot(long lastRunNumber, @Nullable String heldBy) {
    public static final StateSnapshot NONE = new StateSnapshot(0, null);
}
