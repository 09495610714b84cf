package io.headworks.duckdb.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is cheaply known of a relation. Facts choose the form of a check, never its answer: they may be estimates, or
 * out of date.
 *
 * @param access how dear it is to read the relation again
 * @param rows an estimate; -1 when unknown
 */
public record RelationFacts(Access access, long rows, Map<String, ColumnFacts> columns) {
    /** Nothing is known: each row is computed anew whenever it is read. */
    public static final RelationFacts UNKNOWN = new RelationFacts(Access.COMPUTED, -1, Map.of());

    /** Whether rows are stored, column by column and with statistics, or come out of a file's text, a join, a function. */
    public enum Access {
        STORED,
        COMPUTED
    }

    /**
     * Statistics of a column.
     *
     * @param distinct about how many different values; -1 when unknown
     * @param min a lower bound as text; null when unknown
     */
    public record ColumnFacts(
            long distinct, @Nullable String min, @Nullable String max) {}

    public RelationFacts {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    Optional<ColumnFacts> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }
}
