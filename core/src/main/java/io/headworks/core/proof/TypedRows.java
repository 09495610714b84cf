package io.headworks.core.proof;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.source.RowSource;
import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Operation.Cast;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.spec.Fixture;
import io.headworks.core.spec.Fixture.Cell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that a test states, as rows of an engine: texts, cast as a pipeline casts them. */
final class TypedRows {
    private final EngineSession engine;
    private int staged;

    TypedRows(EngineSession engine) {
        this.engine = engine;
    }

    /**
     * The rows with these columns; one that the fixture lacks is NULL.
     *
     * @throws io.headworks.api.failure.HeadworksException when a value is none of its type
     */
    Relation of(Fixture.Rows rows, Schema schema) {
        Schema texts = new Schema(schema.fields().stream()
                .map(field -> new Field(field.name(), DataType.TEXT))
                .toList());
        Relation staged =
                engine.stage("fixture_" + ++this.staged, texts(rows, texts)).rows();
        List<Cast.Column> casts = new ArrayList<>();
        Map<String, DataType> nested = new LinkedHashMap<>();
        for (Field field : schema.fields()) {
            if (isNested(field.type())) {
                nested.put(field.name(), field.type());
            } else if (field.type() != DataType.Simple.TEXT) {
                casts.add(new Cast.Column(field.name(), field.type(), Cast.OnError.FAIL, false));
            }
        }
        List<Operation> operations = new ArrayList<>();
        if (!casts.isEmpty()) {
            operations.add(new Cast(casts));
        }
        if (!nested.isEmpty()) {
            operations.add(new Operation.ParseJson(nested));
        }
        Relation typed = operations.isEmpty() ? staged : engine.apply(staged, operations);
        return new Relation(typed.sql(), typed.schema(), List.of());
    }

    private static boolean isNested(DataType type) {
        return type instanceof DataType.ListOf || type instanceof DataType.Struct || type instanceof DataType.MapOf;
    }

    /** All batches of a relation, in memory. */
    List<ColumnBatch> batches(Relation relation) {
        List<ColumnBatch> batches = new ArrayList<>();
        try (BatchReader reader = engine.read(relation)) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                batches.add(batch);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read rows of a test: " + unreadable.getMessage(), unreadable);
        }
        return batches;
    }

    private static RowSource texts(Fixture.Rows rows, Schema schema) {
        List<Column> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            columns.add(texts(rows, rows.columns().indexOf(field.name())));
        }
        ColumnBatch batch = new ColumnBatch(schema, rows.rows().size(), columns);
        return new RowSource.Streamed(rejects -> new Once(batch));
    }

    private static Column texts(Fixture.Rows rows, int position) {
        int count = rows.rows().size();
        @Nullable String[] values = new @Nullable String[count];
        BitSet nulls = new BitSet(count);
        for (int row = 0; row < count; row++) {
            Cell cell = position < 0 ? Cell.NULL : rows.rows().get(row).get(position);
            values[row] = cell.text();
            nulls.set(row, cell.text() == null);
        }
        return new Column.Texts(values, nulls);
    }

    private static final class Once implements BatchReader {
        private final Schema schema;
        private @Nullable ColumnBatch next;

        Once(ColumnBatch batch) {
            this.schema = batch.schema();
            this.next = batch.rows() == 0 ? null : batch;
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public @Nullable ColumnBatch next() {
            ColumnBatch batch = next;
            next = null;
            return batch;
        }

        @Override
        public void close() {}
    }
}
