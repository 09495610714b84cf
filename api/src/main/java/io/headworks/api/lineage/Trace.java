package io.headworks.api.lineage;

import java.util.List;

/** What is known of where the rows of a SELECT come from. */
public sealed interface Trace {

    /**
     * All of it.
     *
     * @param columns in the order of the SELECT
     * @param rows what decides which rows there are, and so has a part in every column
     */
    record Rows(List<Column> columns, Dependence rows) implements Trace {
        public Rows {
            columns = List.copyOf(columns);
        }
    }

    /** Nothing, because one part of it cannot be told; {@code why} names it. */
    record Unknown(String why) implements Trace {}

    /**
     * A column that comes out.
     *
     * @param from what its values are made from, and what decides about these alone
     */
    record Column(String name, Dependence from) {}
}
