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
            columns.add(column(field, payloads));
        }
        return new ColumnBatch(schema, payloads.size(), columns);
    }

    private static Column column(Field field, List<Map<String, @Nullable Object>> payloads) {
        int rows = payloads.size();
        BitSet nulls = new BitSet(rows);
        Values values = Values.of(field.type(), rows, nulls);
        for (int row = 0; row < rows; row++) {
            Object value = payloads.get(row).get(field.name());
            if (value == null) {
                nulls.set(row);
                values.setNull(row);
                continue;
            }
            try {
                values.set(row, value);
            } catch (ArithmeticException | DateTimeException | IllegalArgumentException | ClassCastException unfit) {
                throw new IllegalArgumentException(
                        "its value '" + value + "' of column '" + field.name() + "' is no " + field.type(), unfit);
            }
        }
        return values.column();
    }

    /** The values of one column while they are collected. */
    private interface Values {
        void set(int row, Object value);

        default void setNull(int row) {}

        Column column();

        static Values of(DataType type, int rows, BitSet nulls) {
            boolean wide = type instanceof DataType.Decimal decimal && decimal.precision() > 18;
            if (wide || type == Simple.HUGEINT || type == Simple.NUMERIC) {
                return decimals(type, new BigDecimal[rows], nulls);
            } else if (type == Simple.FLOAT || type == Simple.DOUBLE) {
                return doubles(new double[rows], nulls);
            } else if (PayloadLongs.holds(type)) {
                return longs(type, new long[rows], nulls);
            } else if (type == Simple.BINARY || type == Simple.GEOMETRY) {
                return binaries(new byte[rows][], nulls);
            } else if (type.isText()
                    || type == Simple.UUID
                    || type == Simple.JSON
                    || type == Simple.TIMETZ
                    || type instanceof DataType.Bits) {
                return texts(new String[rows], nulls);
            }
            return new Values() {
                @Override
                public void set(int row, Object value) {
                    throw new IllegalArgumentException("values of this type cannot be given back");
                }

                @Override
                public Column column() {
                    return new Column.Texts(new String[rows], nulls);
                }
            };
        }
    }

    private static Values longs(DataType type, long[] values, BitSet nulls) {
        return new Values() {
            @Override
            public void set(int row, Object value) {
                values[row] = PayloadLongs.of(type, value);
            }

            @Override
            public Column column() {
                return new Column.Longs(values, nulls);
            }
        };
    }

    private static Values decimals(DataType type, BigDecimal[] values, BitSet nulls) {
        return new Values() {
            @Override
            public void set(int row, Object value) {
                BigDecimal number = new BigDecimal(value.toString());
                int scale = type instanceof DataType.Decimal decimal
                        ? decimal.scale()
                        : type == Simple.HUGEINT ? 0 : number.scale();
                values[row] = number.setScale(scale);
            }

            @Override
            public void setNull(int row) {
                values[row] = BigDecimal.ZERO;
            }

            @Override
            public Column column() {
                return new Column.Decimals(values, nulls);
            }
        };
    }

    private static Values doubles(double[] values, BitSet nulls) {
        return new Values() {
            @Override
            public void set(int row, Object value) {
                values[row] = switch (value.toString()) {
                    case "nan" -> Double.NaN;
                    case "inf" -> Double.POSITIVE_INFINITY;
                    case "-inf" -> Double.NEGATIVE_INFINITY;
                    default -> Double.parseDouble(value.toString());
                };
            }

            @Override
            public Column column() {
                return new Column.Doubles(values, nulls);
            }
        };
    }

    private static Values texts(@Nullable String[] values, BitSet nulls) {
        return new Values() {
            @Override
            public void set(int row, Object value) {
                values[row] = (String) value;
            }

            @Override
            public Column column() {
                return new Column.Texts(values, nulls);
            }
        };
    }

    private static Values binaries(byte[][] values, BitSet nulls) {
        return new Values() {
            @Override
            public void set(int row, Object value) {
                values[row] = PayloadLongs.bytes((String) value);
            }

            @Override
            public void setNull(int row) {
                values[row] = new byte[0];
            }

            @Override
            public Column column() {
                return new Column.Binaries(values, nulls);
            }
        };
    }
}
