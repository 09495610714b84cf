package io.headworks.api.history;

/** What becomes of rows of which nobody can tell when they were so. */
public enum UnplacedRows {
    /** The load fails and says which they are. */
    REFUSED,
    /** They are left out, and {@link Observations#rejected} has them. */
    REJECTED
}
