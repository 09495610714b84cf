package io.headworks.duckdb.merge;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How many rows each partition has; those not named have none. */
record PartitionRows(Map<@Nullable String, Long> counts) {

    Set<@Nullable String> partitions() {
        return Collections.unmodifiableSet(counts.keySet());
    }

    long rows(@Nullable String partition) {
        Long rows = counts.get(partition);
        return rows == null ? 0 : rows;
    }
}
