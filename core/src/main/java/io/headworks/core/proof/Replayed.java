package io.headworks.core.proof;

import java.util.List;

/**
 * One replay, beside the first one.
 *
 * @param name once, again, killed …
 * @param problem why it could not be compared; empty when it was
 * @param differences of its rows from those of the first replay
 */
public record Replayed(String name, long rows, String problem, List<RowDifference> differences) {
    public Replayed {
        differences = List.copyOf(differences);
    }

    public boolean isEqual() {
        return problem.isEmpty() && differences.isEmpty();
    }
}
