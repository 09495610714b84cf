package io.headworks.core.proof;

import io.headworks.api.dataset.DatasetName;
import io.headworks.core.spec.Expectation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as a test left it, beside what was expected of it.
 *
 * @param columns those that were compared
 * @param actual the rows that are there
 */
public record ComparedTable(
        DatasetName table,
        Expectation expectation,
        List<String> columns,
        List<List<@Nullable Object>> actual,
        List<RowDifference> differences) {
    public ComparedTable {
        columns = List.copyOf(columns);
        differences = List.copyOf(differences);
    }
}
