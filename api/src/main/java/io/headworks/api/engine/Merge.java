package io.headworks.api.engine;

import io.headworks.api.load.LoadCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load makes of a table whose rows the engine reads but does not store, such as a folder of files. Nothing was
 * written outside work storage. Used until the session ends.
 */
public interface Merge {
    LoadCounts counts();

    /** The rows that are new or changed, as they will be stored, audit columns included; held in work storage. */
    Relation written();

    /** True when every row of the table stays as it is, so that {@link #written} is only to be added. */
    boolean keepsAll();

    /**
     * Partitions that a row enters or leaves, as the texts of {@link WrittenFile#partition}, sorted, NULL last; a single
     * null when the table is not partitioned and a row enters or leaves.
     */
    List<@Nullable String> partitions();

    /** Those rows of a part of the table that stay as they are. */
    Relation staying(Relation part);
}
