package io.headworks.core.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Positions as targets' ledgers last showed them. */
public final class PositionCache {
    private final StateDatabase state;

    public PositionCache(StateDatabase state) {
        this.state = state;
    }

    /** The position of each pipeline that has one, as JSON. */
    public Map<String, String> byPipeline(String environment) {
        Map<String, String> positions = new LinkedHashMap<>();
        state.query(
                        "select pipeline, position from position where environment = ? and position is not null"
                                + " order by pipeline, dataset",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        environment)
                .forEach(entry -> positions.put(entry.getKey(), entry.getValue()));
        return positions;
    }

    /** All pipelines whose loads are known. */
    public List<String> pipelines(String environment) {
        return state.query(
                "select distinct pipeline from position where environment = ? order by pipeline",
                row -> row.getString(1),
                environment);
    }

    /** All positions and slices of an environment whose tables are no more. */
    public void forget(String environment) {
        state.inTransaction(() -> {
            for (String table : List.of("position", "slice", "slice_loaded", "slice_failed")) {
                state.update("delete from " + table + " where environment = ?", environment);
            }
        });
    }
}
