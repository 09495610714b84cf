package io.headworks.core.service;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.core.diff.DiffResult.Cell;
import io.headworks.core.diff.DiffResult.Difference;
import io.headworks.core.diff.Pairing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first differences, put together from one row for each column of each. */
final class DiffSample {
    private final Pairing pairing;
    private final int limit;

    DiffSample(Pairing pairing, int limit) {
        this.pairing = pairing;
        this.limit = limit;
    }

    List<Difference> of(EngineSession engine, Relation rows) {
        if (limit == 0) {
            return List.of();
        }
        long most = (long) limit * Math.max(1, pairing.values().size());
        List<Difference> sample = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        Difference last = null;
        for (List<@Nullable Object> row : Rows.first(engine, rows, most)) {
            Difference head = new Difference(String.valueOf(row.get(0)), key(row), List.of());
            if (last != null && !head.equals(last)) {
                sample.add(new Difference(last.kind(), last.key(), cells));
                cells.clear();
            }
            last = head;
            cell(row).ifPresent(cells::add);
        }
        if (last != null) {
            sample.add(new Difference(last.kind(), last.key(), cells));
        }
        return sample.size() > limit ? List.copyOf(sample.subList(0, limit)) : sample;
    }

    private Map<String, @Nullable Object> key(List<@Nullable Object> row) {
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        for (int i = 0; i < pairing.key().size(); i++) {
            key.put(pairing.key().get(i).a().name(), row.get(i + 1));
        }
        return key;
    }

    /** A repeated key has no column, but the rows that each side has of it. */
    private java.util.Optional<Cell> cell(List<@Nullable Object> row) {
        int place = pairing.key().size() + 1;
        Object column = row.get(place);
        if (column == null && row.get(place + 1) == null && row.get(place + 2) == null) {
            return java.util.Optional.empty();
        }
        String name = column == null ? "rows" : column.toString();
        return java.util.Optional.of(new Cell(name, row.get(place + 1), row.get(place + 2)));
    }
}
