package io.headworks.api.check;

/** Which rows a check looks at. */
public enum Scope {
    /** The rows to be loaded, before the load. */
    BATCH,
    /** The keys and partitions this run wrote, in the load's transaction. */
    TOUCHED,
    /** The whole table, in the load's transaction. */
    TABLE
}
