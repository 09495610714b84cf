package io.headworks.core.state;

import java.util.LinkedHashMap;
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
}
