package io.headworks.duckdb.check;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One value that one or more checks wait for, and the forms in which it can be asked.
 *
 * @param checks indexes of the checks in their list
 * @param alone a SELECT of one row and one column that answers it without anything else
 * @param fused an aggregate over all rows of the relation; null when it needs more than one pass
 * @param byValue the aggregate over distinct values {@code v} of a column and their counts {@code n}; null when it cannot
 *     be asked so
 * @param nanosPerRow about what it costs alone where statistics cannot answer it, as measured on one core
 */
public record Question(
        List<Integer> checks,
        Part part,
        String alone,
        @Nullable String fused,
        @Nullable ByValue byValue,
        int nanosPerRow) {

    /** What the answer means to a check. */
    public enum Part {
        ROWS,
        FAILING,
        OBSERVED,
        /** What another system has. */
        EXPECTED,
        /** Values that were not taken for what they say. */
        LEFT_OUT
    }

    public record ByValue(String column, String aggregate) {}

    public Question {
        checks = List.copyOf(checks);
    }

    /** The same question for the checks of both. */
    Question with(Question same) {
        List<Integer> all = Stream.concat(checks.stream(), same.checks.stream()).toList();
        return new Question(all, part, alone, fused, byValue, nanosPerRow);
    }

    static Question alone(int check, Part part, String alone) {
        return new Question(List.of(check), part, alone, null, null, 0);
    }

    static Question fusable(int check, Part part, String alone, String fused) {
        return new Question(List.of(check), part, alone, fused, null, 0);
    }
}
