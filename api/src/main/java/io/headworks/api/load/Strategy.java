package io.headworks.api.load;

import java.util.Locale;

/** What a load does to the table. */
public enum Strategy {
    /** Insert; with merge keys, keys already there are skipped. */
    APPEND,
    /** Insert or update by key; never deletes. */
    UPSERT,
    /** Upsert plus deletes. */
    MERGE,
    /** The whole table at once, with no window of missing data. */
    TRUNCATE_RELOAD,
    /** Each partition of the slice whole. */
    PARTITION_SWAP,
    /** Merge whose deletes mark the row. */
    SOFT_DELETE,
    /** Nothing is stored (SQL models). */
    VIEW;

    /** The spelling of project files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean needsKeys() {
        return this == UPSERT || this == MERGE || this == SOFT_DELETE;
    }
}
