package io.headworks.duckdb.scan;

import io.headworks.api.source.KeyRange;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;

/** A range of keys as a condition. */
public final class KeyCondition {

    private KeyCondition() {}

    /** Half-open, with or without NULL keys. */
    public static String of(KeyRange range) {
        String key = DuckSql.name(range.column());
        List<String> bounds = new ArrayList<>();
        if (range.from() != null) {
            bounds.add(key + " >= " + DuckSql.literal(range.from(), range.type()));
        }
        if (range.to() != null) {
            bounds.add(key + " < " + DuckSql.literal(range.to(), range.type()));
        }
        String inside = bounds.isEmpty() ? key + " IS NOT NULL" : String.join(" AND ", bounds);
        return range.includeNulls() ? "((" + inside + ") OR " + key + " IS NULL)" : "(" + inside + ")";
    }
}
