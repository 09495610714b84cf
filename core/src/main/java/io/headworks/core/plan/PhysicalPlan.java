package io.headworks.core.plan;

import java.util.Locale;

/** How rows get from source to target. */
public enum PhysicalPlan {
    /** All stages fuse into one statement in the target's transaction; gates look at the written rows before COMMIT. */
    DIRECT,
    /** The source's rows go to the target undecoded; gates look at the written rows before COMMIT. */
    PASSED,
    /** Rows are held in the run's work storage, gated there, then loaded. */
    STAGED;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
