package io.headworks.connector.files.json;

import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers rows until there are enough for a batch. */
final class BatchBuilder {
    static final int ROWS = 2048;

    private final Schema schema;
    private final List<@Nullable Object[]> rows = new ArrayList<>(ROWS);

    BatchBuilder(Schema schema) {
        this.schema = schema;
    }

    void add(@Nullable Object[] row) {
        rows.add(row);
    }

    boolean isFull() {
        return rows.size() == ROWS;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The rows so far as a batch; begins anew. */
    ColumnBatch build() {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < schema.fields().size(); i++) {
            columns.add(column(i, schema.fields().get(i)));
        }
        ColumnBatch batch = new ColumnBatch(schema, rows.size(), columns);
        rows.clear();
        return batch;
    }

    private Column column(int at, Field field) {
        DataType type = field.type();
        BitSet nulls = new BitSet();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row)[at] == null) {
                nulls.set(row);
            }
        }
        if (type == Simple.FLOAT || type == Simple.DOUBLE) {
            double[] values = new double[rows.size()];
            forEach(at, (row, value) -> values[row] = (Double) value);
            return new Column.Doubles(values, nulls);
        } else if (type == Simple.HUGEINT
                || type == Simple.NUMERIC
                || type instanceof DataType.Decimal decimal && decimal.precision() > 18) {
            BigDecimal[] values = new BigDecimal[rows.size()];
            forEach(at, (row, value) -> values[row] = (BigDecimal) value);
            return new Column.Decimals(values, nulls);
        } else if (type instanceof DataType.Decimal) {
            long[] values = new long[rows.size()];
            forEach(
                    at,
                    (row, value) ->
                            values[row] = ((BigDecimal) value).unscaledValue().longValueExact());
            return new Column.Longs(values, nulls);
        }
        return integersOrObjects(at, type, nulls);
    }

    private Column integersOrObjects(int at, DataType type, BitSet nulls) {
        boolean longs = type == Simple.BOOLEAN || type.isInteger() || type.isTime() || type instanceof DataType.Time;
        if (longs) {
            long[] values = new long[rows.size()];
            forEach(at, (row, value) -> values[row] = (Long) value);
            return new Column.Longs(values, nulls);
        }
        if (type instanceof DataType.ListOf || type instanceof DataType.Struct || type instanceof DataType.MapOf) {
            List<@Nullable Object> values = new ArrayList<>();
            rows.forEach(row -> values.add(row[at]));
            return new Column.Objects(values, nulls);
        }
        @Nullable String[] values = new String[rows.size()];
        forEach(at, (row, value) -> values[row] = (String) value);
        return new Column.Texts(values, nulls);
    }

    private void forEach(int at, Cell cell) {
        for (int row = 0; row < rows.size(); row++) {
            Object value = rows.get(row)[at];
            if (value != null) {
                cell.set(row, value);
            }
        }
    }

    private interface Cell {
        void set(int row, Object value);
    }
}
