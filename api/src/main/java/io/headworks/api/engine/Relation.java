package io.headworks.api.engine;

import io.headworks.api.type.Schema;

/**
 * Rows an engine can produce: a SELECT in its dialect, and the columns it gives. May carry the hidden columns of {@link
 * HiddenColumns}, which are not part of {@code schema}.
 *
 * @param hidden names of the hidden columns present
 */
public record Relation(String sql, Schema schema, java.util.List<String> hidden) {
    public Relation {
        hidden = java.util.List.copyOf(hidden);
    }

    public boolean carries(String hiddenColumn) {
        return hidden.contains(hiddenColumn);
    }
}
