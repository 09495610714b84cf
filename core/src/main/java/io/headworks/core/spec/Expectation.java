package io.headworks.core.spec;

import java.util.List;

/**
 * What a table holds once the batches of a test are loaded.
 *
 * @param columns those that are compared; empty for the columns of the rows
 * @param key columns by which rows are paired in the report of differences; empty for the load's own key
 * @param place where the rows stand
 */
public record Expectation(Match match, List<String> columns, List<String> key, Fixture rows, Place place) {
    public Expectation {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** How much of a table is stated. */
    public enum Match {
        /** These rows and no others, in any order. */
        EXACT,
        /** These rows, and maybe others. */
        SUBSET,
        /** These rows and no others, in the order in which the table gives them. */
        ORDERED
    }
}
