package io.headworks.core.spec;

import io.headworks.api.source.SourceTable;
import java.util.List;
import java.util.Optional;

/**
 * Which tables of a source a pipeline takes.
 *
 * @param appeared what becomes of a table that was not there when the others were loaded before
 * @param vanished what becomes of one that was loaded and is no longer there
 */
public record TableChoice(
        List<TablePattern> include, List<TablePattern> exclude, Appeared appeared, Vanished vanished) {
    /** A table that is new in the source. */
    public enum Appeared {
        LOAD,
        STOP
    }

    /** A table that is gone from the source. */
    public enum Vanished {
        STOP,
        IGNORE
    }

    public TableChoice {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** The pattern that takes a table; empty when none does, or when it is excluded. */
    public Optional<TablePattern> taking(SourceTable table) {
        boolean excluded = exclude.stream().anyMatch(pattern -> pattern.isFor(table));
        return excluded
                ? Optional.empty()
                : include.stream().filter(pattern -> pattern.takes(table)).findFirst();
    }

    /** True when a table that is not there would be left out anyway. */
    public boolean leavesOut(String table) {
        return exclude.stream().anyMatch(pattern -> pattern.mayMean(table));
    }
}
