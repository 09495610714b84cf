package io.headworks.duckdb.compile;

import io.headworks.api.type.Schema;
import java.util.List;

/**
 * An operation compiled: a SELECT over the shape it met, and what it gives.
 *
 * @param before CTEs of its own that the SELECT reads, {@code "name" AS (…)}
 */
record Step(List<String> before, String select, Schema schema, List<String> hidden) {
    Step {
        before = List.copyOf(before);
        hidden = List.copyOf(hidden);
    }

    Step(String select, Schema schema, List<String> hidden) {
        this(List.of(), select, schema, hidden);
    }

    /** The same after CTEs that the SELECT reads. */
    Step after(List<String> ctes) {
        return new Step(ctes, select, schema, hidden);
    }
}
