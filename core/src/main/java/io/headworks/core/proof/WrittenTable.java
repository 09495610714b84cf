package io.headworks.core.proof;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.Load;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that a load writes.
 *
 * @param key what tells its rows apart; empty for nothing
 */
record WrittenTable(DatasetName dataset, List<String> key) {
    WrittenTable {
        key = List.copyOf(key);
    }

    /** The pipeline's own first; behind it the one with the versions of its type 4 columns. */
    static List<WrittenTable> of(String connection, Plan plan) {
        Load load = load(plan);
        List<WrittenTable> written = new ArrayList<>();
        written.add(of(connection, load));
        if (load.history() != null) {
            plan.steps().stream()
                    .filter(Step.TransformRows.class::isInstance)
                    .map(step -> HistoryTable.of(load, ((Step.TransformRows) step).output()))
                    .flatMap(history -> history.beside().stream())
                    .forEach(beside -> written.add(of(connection, beside.load())));
        }
        return written;
    }

    private static WrittenTable of(String connection, Load load) {
        return new WrittenTable(new DatasetName(connection, load.table()), load.uniqueKey());
    }

    /** The load as it was planned, with the keys by which it finds rows. */
    static Load load(Plan plan) {
        return plan.steps().stream()
                .filter(Step.LoadTable.class::isInstance)
                .map(step -> ((Step.LoadTable) step).load())
                .findFirst()
                .orElseThrow();
    }
}
