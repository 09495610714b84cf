package io.headworks.core.proof;

import io.headworks.api.load.Strategy;
import io.headworks.api.type.DataType;
import io.headworks.core.spec.Fixture;
import io.headworks.core.spec.Fixture.Cell;
import io.headworks.core.spec.PipelineSpec;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Batches at which loads go wrong, made of a few rows of a source. */
final class HardCases {
    private final PipelineSpec pipeline;
    private final Fixture.Rows rows;
    private final List<String> key;

    /** @param key columns of the source by which the load finds rows; empty for none */
    HardCases(PipelineSpec pipeline, Fixture.Rows rows, List<String> key) {
        this.pipeline = pipeline;
        this.rows = rows;
        this.key = rows.columns().containsAll(key) ? key : List.of();
    }

    /** Batches by what they show. */
    Map<String, List<Fixture>> batches(Map<String, DataType> types) {
        Map<String, List<Fixture>> cases = new LinkedHashMap<>();
        cases.put("rows of the source", List.of(rows));
        cases.put("the same batch twice", List.of(rows, rows));
        List<Cell> first = rows.rows().get(0);
        cases.put("an empty batch after a full one", List.of(rows, of(List.of())));
        if (!key.isEmpty()) {
            cases.put("a row twice in one batch", List.of(of(List.of(first, first))));
            cases.put("a row without a key", List.of(of(List.of(with(first, key.get(0), Cell.NULL)))));
        }
        String order = order();
        Cell earlier = order == null ? null : earlier(first, order, types);
        if (order != null && earlier != null && !key.isEmpty()) {
            cases.put("a row that is late", List.of(of(List.of(first)), of(List.of(with(first, order, earlier)))));
        }
        boolean deletes = pipeline.load().strategy() == Strategy.MERGE
                || pipeline.load().strategy() == Strategy.SOFT_DELETE
                || pipeline.load().strategy() == Strategy.TRUNCATE_RELOAD;
        if (deletes && !pipeline.extract().isIncremental() && rows.rows().size() > 1) {
            List<List<Cell>> others = rows.rows().subList(1, rows.rows().size());
            cases.put("a row that goes and comes back", List.of(rows, of(others), rows));
        }
        return cases;
    }

    private Fixture of(List<List<Cell>> some) {
        return new Fixture.Rows(rows.columns(), some, null);
    }

    private List<Cell> with(List<Cell> row, String column, Cell value) {
        List<Cell> other = new ArrayList<>(row);
        other.set(rows.columns().indexOf(column), value);
        return other;
    }

    private @Nullable String order() {
        List<String> orderBy = pipeline.load().orderBy();
        String incremental = pipeline.extract().incremental() == null
                ? null
                : pipeline.extract().incremental().key();
        String order = orderBy.isEmpty() ? incremental : orderBy.get(0);
        return order != null && rows.columns().contains(order) ? order : null;
    }

    /** A day before; null where the value has none. */
    private @Nullable Cell earlier(List<Cell> row, String column, Map<String, DataType> types) {
        String text = row.get(rows.columns().indexOf(column)).text();
        DataType type = types.get(column);
        if (text == null || type == null || !type.isTime()) {
            return null;
        }
        String before = type == DataType.Simple.DATE
                ? LocalDate.parse(text).minusDays(1).toString()
                : text.endsWith("Z")
                        ? OffsetDateTime.parse(text).minusDays(1).toString()
                        : LocalDateTime.parse(text).minusDays(1).toString();
        return new Cell(before, Cell.Form.PLAIN);
    }
}
