package io.headworks.duckdb.engine;

import io.headworks.api.engine.HiddenColumns;
import java.util.Set;

/** Which columns are hidden ones. */
final class HiddenNames {
    private static final Set<String> ALL =
            Set.of(HiddenColumns.OP, HiddenColumns.SEQ, HiddenColumns.SOURCE, HiddenColumns.REASON);

    private HiddenNames() {}

    static boolean isHidden(String column) {
        return ALL.contains(column);
    }
}
