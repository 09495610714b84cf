package io.headworks.core.service;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the first rows of a relation as {@link CellValues}. */
public final class Rows {

    private Rows() {}

    /** At most that many rows; a caller who wants to know whether there are more asks for one more. */
    public static List<List<@Nullable Object>> first(EngineSession engine, Relation relation, long limit) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (BatchReader reader = engine.read(relation)) {
            for (ColumnBatch batch = reader.next(); batch != null && rows.size() < limit; batch = reader.next()) {
                for (int row = 0; row < batch.rows() && rows.size() < limit; row++) {
                    rows.add(values(batch, row));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read rows: " + unreadable.getMessage(), unreadable);
        }
        return rows;
    }

    private static List<@Nullable Object> values(ColumnBatch batch, int row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int column = 0; column < batch.columns().size(); column++) {
            values.add(CellValues.of(batch, column, row));
        }
        return values;
    }
}
