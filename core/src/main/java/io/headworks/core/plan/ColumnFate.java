package io.headworks.core.plan;

import io.headworks.api.transform.Operation;
import io.headworks.api.transform.RowLaw;
import io.headworks.api.transform.Stage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a column comes out of the stages as it went in. Answers "no" where it cannot tell. */
final class ColumnFate {
    private ColumnFate() {}

    /** The first operation that may give the column other values, or mix rows; null when none does. */
    static @Nullable String whatChanges(String column, List<Stage> stages) {
        return stages.stream()
                .flatMap(stage -> stage.operations().stream())
                .filter(operation -> mayChange(operation, column))
                .map(Operation::key)
                .findFirst()
                .orElse(null);
    }

    /** Keeping a column is no change; neither is comparing rows by it. */
    private static boolean mayChange(Operation operation, String column) {
        if (operation instanceof Operation.Select) {
            return false;
        } else if (operation instanceof Operation.Dedupe dedupe) {
            return !dedupe.keys().contains(column);
        }
        return operation.rowLaw() == RowLaw.RESHAPING || names(RecordTree.of(operation), column);
    }

    private static boolean names(@Nullable Object tree, String column) {
        if (tree instanceof Map<?, ?> map) {
            return map.keySet().stream().anyMatch(column::equals)
                    || map.values().stream().anyMatch(value -> names(value, column));
        } else if (tree instanceof List<?> list) {
            return list.stream().anyMatch(value -> names(value, column));
        }
        return column.equals(tree);
    }
}
