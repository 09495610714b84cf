package io.headworks.testkit.target;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows as Java values and as column batches. Values are Long, Boolean, BigDecimal, Double, String, LocalDate,
 * LocalDateTime, Instant, byte[] and List; what is read back has byte[] as hexadecimal text, and times of day and
 * timestamps finer than a microsecond as numbers.
 */
final class Values {
    private static final int ROWS_PER_BATCH = 1000;

    private Values() {}

    /** A reader over rows, in several batches when there are many. */
    static BatchReader reader(Schema schema, List<? extends List<?>> rows) {
        return new BatchReader() {
            private int next;

            @Override
            public Schema schema() {
                return schema;
            }

            @Override
            public @Nullable ColumnBatch next() {
                if (next >= rows.size()) {
                    return null;
                }
                int end = Math.min(next + ROWS_PER_BATCH, rows.size());
                ColumnBatch batch = batch(schema, rows.subList(next, end));
                next = end;
                return batch;
            }

            @Override
            public void close() {}
        };
    }

    private static ColumnBatch batch(Schema schema, List<? extends List<?>> rows) {
        List<Column> columns = new ArrayList<>();
        for (int index = 0; index < schema.fields().size(); index++) {
            int column = index;
            columns.add(column(
                    schema.fields().get(index).type(),
                    rows.stream().<@Nullable Object>map(row -> row.get(column)).toList()));
        }
        return new ColumnBatch(schema, rows.size(), columns);
    }

    private static Column column(DataType type, List<? extends @Nullable Object> values) {
        int size = values.size();
        BitSet nulls = new BitSet(size);
        for (int row = 0; row < size; row++) {
            nulls.set(row, values.get(row) == null);
        }
        if (isLong(type)) {
            long[] longs = new long[size];
            each(values, nulls, (row, value) -> longs[row] = toLong(value));
            return new Column.Longs(longs, nulls);
        } else if (type == Simple.FLOAT || type == Simple.DOUBLE) {
            double[] doubles = new double[size];
            each(values, nulls, (row, value) -> doubles[row] = (Double) value);
            return new Column.Doubles(doubles, nulls);
        } else if (type == Simple.HUGEINT || type == Simple.NUMERIC || type instanceof DataType.Decimal) {
            BigDecimal[] decimals = new BigDecimal[size];
            each(values, nulls, (row, value) -> decimals[row] = (BigDecimal) value);
            return new Column.Decimals(decimals, nulls);
        } else if (type == Simple.BINARY || type == Simple.GEOMETRY) {
            byte[][] binaries = new byte[size][];
            each(values, nulls, (row, value) -> binaries[row] = (byte[]) value);
            return new Column.Binaries(binaries, nulls);
        } else if (isNested(type)) {
            return new Column.Objects(new ArrayList<@Nullable Object>(values), nulls);
        }
        @Nullable String[] texts = new String[size];
        each(values, nulls, (row, value) -> texts[row] = (String) value);
        return new Column.Texts(texts, nulls);
    }

    private interface Put {
        void put(int row, Object value);
    }

    private static void each(List<? extends @Nullable Object> values, BitSet nulls, Put put) {
        for (int row = nulls.nextClearBit(0); row < values.size(); row = nulls.nextClearBit(row + 1)) {
            put.put(row, Objects.requireNonNull(values.get(row)));
        }
    }

    private static boolean isLong(DataType type) {
        return (type.isInteger() && type != Simple.HUGEINT)
                || type == Simple.BOOLEAN
                || type.isTime()
                || type instanceof DataType.Time
                || (type instanceof DataType.Decimal decimal && decimal.precision() <= 18);
    }

    private static boolean isNested(DataType type) {
        return type instanceof DataType.ListOf || type instanceof DataType.Struct || type instanceof DataType.MapOf;
    }

    private static long toLong(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        } else if (value instanceof BigDecimal decimal) {
            return decimal.unscaledValue().longValueExact();
        } else if (value instanceof LocalDate date) {
            return date.toEpochDay();
        } else if (value instanceof LocalDateTime time) {
            return micros(time.toInstant(ZoneOffset.UTC));
        } else if (value instanceof Instant instant) {
            return micros(instant);
        }
        return (Long) value;
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000), instant.getNano() / 1_000);
    }

    /** All rows of a reader, which is closed. */
    static List<List<@Nullable Object>> read(BatchReader reader) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (reader) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    rows.add(row(batch, row));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return rows;
    }

    private static List<@Nullable Object> row(ColumnBatch batch, int row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int column = 0; column < batch.columns().size(); column++) {
            Field field = batch.schema().fields().get(column);
            values.add(value(field.type(), batch.columns().get(column), row));
        }
        return values;
    }

    private static @Nullable Object value(DataType type, Column column, int row) {
        if (column.isNull(row)) {
            return null;
        } else if (column instanceof Column.Longs longs) {
            return fromLong(type, longs.values()[row]);
        } else if (column instanceof Column.Doubles doubles) {
            return doubles.values()[row];
        } else if (column instanceof Column.Decimals decimals) {
            return decimals.values()[row];
        } else if (column instanceof Column.Texts texts) {
            return texts.values()[row];
        } else if (column instanceof Column.Binaries binaries) {
            return HexFormat.of().formatHex(binaries.values()[row]);
        }
        return ((Column.Objects) column).values().get(row);
    }

    private static Object fromLong(DataType type, long value) {
        if (type == Simple.BOOLEAN) {
            return value != 0;
        } else if (type == Simple.DATE) {
            return LocalDate.ofEpochDay(value);
        } else if (type instanceof DataType.Decimal decimal) {
            return BigDecimal.valueOf(value, decimal.scale());
        } else if (type instanceof DataType.Timestamp timestamp && timestamp.digits() <= 6) {
            Instant instant = Instant.EPOCH.plus(value, ChronoUnit.MICROS);
            return timestamp.zoned() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        return value;
    }
}
