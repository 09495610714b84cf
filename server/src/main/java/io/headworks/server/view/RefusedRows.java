package io.headworks.server.view;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that runs of a pipeline refused, as far as the state remembers these runs.
 *
 * @param runs how many runs were looked at, and refused a row
 * @param rows of all of them
 * @param lastRun the newest of them
 */
public record RefusedRows(String pipeline, String dataset, long runs, long rows, String lastRun, String lastAt) {

    RefusedRows and(RefusedRows older) {
        return new RefusedRows(pipeline, dataset, runs + older.runs(), rows + older.rows(), lastRun, lastAt);
    }

    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", pipeline);
        tree.put("dataset", dataset);
        tree.put("runs", runs);
        tree.put("rows_rejected", rows);
        tree.put("last_run_id", lastRun);
        tree.put("last_at", lastAt);
        return tree;
    }
}
