package io.headworks.core.lineage;

import java.util.List;

/**
 * What became of one pipeline between two states of the project.
 *
 * @param why a sentence
 * @param columns whose values may be others than before, gone ones included
 * @param added columns that were not there
 */
public record Change(String pipeline, String dataset, Kind kind, String why, List<String> columns, List<String> added) {
    /** How much of what was loaded stays right. */
    public enum Kind {
        /** Rows that are there may be wrong. */
        BREAKING,
        /** Rows that are there lack new columns, and are right otherwise. */
        ADDITIVE,
        /** Rows stay as they are. */
        COSMETIC,
        /** It was not there. */
        NEW,
        /** It is there no more; its table is. */
        REMOVED
    }

    public Change {
        columns = List.copyOf(columns);
        added = List.copyOf(added);
    }
}
