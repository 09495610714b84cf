package io.headworks.core.run;

import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Payloads of dead letters as typed columns, each value exactly or not at all. */
final class PayloadColumns {
    private final Schema schema;

    PayloadColumns(Schema schema) {
        this.schema = schema;
    }

    /**
     * One batch.
     *
     * @throws IllegalArgumentException with a sentence when a value cannot be given back exactly
     */
    ColumnBatch batch(List<Map<String, @Nullable Object>> payloads) {
        for (Map<String, @Nullable Object> payload : payloads) {
            for (String name : payload.keySet()) {
                if (!schema.has(name)) {
                    throw new IllegalArgumentException(
                            "its column '" + name + "' is no longer extracted (columns: " + schema + ")");
                }
            }
        }
        List<Column> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            List<@Nullable Object> values = new ArrayList<>();
            payloads.forEach(payload -> values.add(value(field, payload.get(field.name()))));
            columns.add(column(field.type(), values));
        }
        return new ColumnBatch(schema, payloads.size(), columns);
    }

    private static @Nullable Object value(Field field, @Nullable Object json) {
        try {
            return json == null ? null : PayloadValue.of(field.type(), json);
        } catch (ArithmeticException | DateTimeException | IllegalArgumentException | ClassCastException unfit) {
            throw new IllegalArgumentException(
                    "its value '" + json + "' of column '" + field.name() + "' is no " + field.type(), unfit);
        }
    }

    private static Column column(DataType type, List<@Nullable Object> values) {
        BitSet nulls = new BitSet(values.size());
        for (int row = 0; row < values.size(); row++) {
            nulls.set(row, values.get(row) == null);
        }
        if (type instanceof DataType.ListOf || type instanceof DataType.Struct || type instanceof DataType.MapOf) {
            return new Column.Objects(values, nulls);
        } else if (PayloadValue.isWideNumber(type)) {
            return new Column.Decimals(
                    values.stream()
                            .map(value -> Objects.requireNonNullElse(value, BigDecimal.ZERO))
                            .toArray(BigDecimal[]::new),
                    nulls);
        } else if (type == Simple.FLOAT || type == Simple.DOUBLE) {
            return new Column.Doubles(
                    values.stream()
                            .mapToDouble(value -> value == null ? 0 : (Double) value)
                            .toArray(),
                    nulls);
        } else if (PayloadLongs.holds(type)) {
            return new Column.Longs(
                    values.stream()
                            .mapToLong(value -> value == null ? 0 : (Long) value)
                            .toArray(),
                    nulls);
        } else if (type == Simple.BINARY || type == Simple.GEOMETRY) {
            return new Column.Binaries(
                    values.stream()
                            .map(value -> value == null ? new byte[0] : (byte[]) value)
                            .toArray(byte[][]::new),
                    nulls);
        }
        return new Column.Texts(values.toArray(String[]::new), nulls);
    }
}
