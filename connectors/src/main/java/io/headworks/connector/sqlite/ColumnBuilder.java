package io.headworks.connector.sqlite;

import io.headworks.api.batch.Column;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the values of one column of a batch, as {@link CellReader} gives them. */
final class ColumnBuilder {
    private final DataType type;
    private final List<@Nullable Object> values = new ArrayList<>();

    ColumnBuilder(DataType type) {
        this.type = type;
    }

    void add(@Nullable Object value) {
        values.add(value);
    }

    Column build() {
        int rows = values.size();
        BitSet nulls = new BitSet(rows);
        for (int row = 0; row < rows; row++) {
            nulls.set(row, values.get(row) == null);
        }
        Column column = build(rows, nulls);
        values.clear();
        return column;
    }

    private Column build(int rows, BitSet nulls) {
        if (isDecimals(type)) {
            BigDecimal[] decimals = new BigDecimal[rows];
            values.toArray(decimals);
            return new Column.Decimals(decimals, nulls);
        } else if (type == Simple.FLOAT || type == Simple.DOUBLE) {
            double[] doubles = new double[rows];
            for (int row = 0; row < rows; row++) {
                doubles[row] = values.get(row) instanceof Double value ? value : 0;
            }
            return new Column.Doubles(doubles, nulls);
        } else if (type == Simple.BINARY || type == Simple.GEOMETRY) {
            return new Column.Binaries(values.toArray(new byte[0][]), nulls);
        } else if (isTexts(type)) {
            return new Column.Texts(values.toArray(new String[0]), nulls);
        }
        long[] longs = new long[rows];
        for (int row = 0; row < rows; row++) {
            longs[row] = values.get(row) instanceof Long value ? value : 0;
        }
        return new Column.Longs(longs, nulls);
    }

    private static boolean isDecimals(DataType type) {
        return type == Simple.HUGEINT
                || type == Simple.NUMERIC
                || type instanceof DataType.Decimal decimal && decimal.precision() > 18;
    }

    private static boolean isTexts(DataType type) {
        return type.isText()
                || type instanceof DataType.Bits
                || type == Simple.UUID
                || type == Simple.JSON
                || type == Simple.INTERVAL
                || type == Simple.TIMETZ;
    }
}
