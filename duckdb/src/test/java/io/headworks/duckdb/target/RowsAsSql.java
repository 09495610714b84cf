package io.headworks.duckdb.target;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.history.HistoryEngine;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A session whose batches travel as SQL text, for the simple types of the contract's tables. */
final class RowsAsSql {
    private final DuckDbSession session;

    private RowsAsSql(DuckDbSession session) {
        this.session = session;
    }

    static EngineSession over(DuckDbSession session) {
        RowsAsSql rows = new RowsAsSql(session);
        return (EngineSession) Proxy.newProxyInstance(
                EngineSession.class.getClassLoader(), new Class<?>[] {HistoryEngine.class}, (proxy, method, given) -> {
                    if (method.getName().equals("load")) {
                        return rows.load((String) given[0], (BatchReader) given[1]);
                    } else if (method.getName().equals("read")) {
                        return rows.read((Relation) given[0]);
                    }
                    try {
                        return method.invoke(session, given);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private Relation load(String name, BatchReader reader) throws IOException {
        List<String> rows = new ArrayList<>();
        Schema schema = reader.schema();
        for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
            for (int row = 0; row < batch.rows(); row++) {
                rows.add(row(batch, row));
            }
        }
        String sql = rows.isEmpty() ? session.empty(schema).sql() : String.join(" UNION ALL ", rows);
        Relation kept = session.materialise(name, new Relation(sql, schema, List.of()));
        return new Relation(kept.sql(), schema, List.of());
    }

    private static String row(ColumnBatch batch, int row) {
        List<String> values = new ArrayList<>();
        for (int column = 0; column < batch.columns().size(); column++) {
            var field = batch.schema().fields().get(column);
            values.add("CAST(" + literal(field.type(), batch.columns().get(column), row) + " AS "
                    + DuckTypes.spelling(field.type()) + ") AS " + DuckSql.name(field.name()));
        }
        return "SELECT " + String.join(", ", values);
    }

    private static String literal(DataType type, Column column, int row) {
        if (column.isNull(row)) {
            return "NULL";
        } else if (column instanceof Column.Longs longs) {
            long value = longs.values()[row];
            if (type instanceof DataType.Decimal decimal) {
                return BigDecimal.valueOf(value, decimal.scale()).toPlainString();
            } else if (type == Simple.DATE) {
                return "DATE '1970-01-01' + " + value;
            } else if (type instanceof DataType.Timestamp timestamp) {
                return (timestamp.digits() > 6 ? "make_timestamp_ns(" : "make_timestamp(") + value + ")";
            } else if (type instanceof DataType.Time) {
                return DuckSql.text(
                        java.time.LocalTime.ofNanoOfDay(value * 1000).toString());
            } else if (type == Simple.UINT64) {
                return Long.toUnsignedString(value);
            }
            return Long.toString(value);
        } else if (column instanceof Column.Doubles doubles) {
            return DuckSql.text(Double.toString(doubles.values()[row]));
        } else if (column instanceof Column.Decimals decimals) {
            return decimals.values()[row].toPlainString();
        } else if (column instanceof Column.Texts texts) {
            String text = String.valueOf(texts.values()[row]);
            return DuckSql.text(type == Simple.INTERVAL ? interval(text) : text);
        } else if (column instanceof Column.Binaries binaries) {
            return "unhex('" + HexFormat.of().formatHex(binaries.values()[row]) + "')";
        }
        return DuckSql.text(((Column.Objects) column).values().get(row) + "");
    }

    private static String interval(String iso) {
        return iso.startsWith("PT")
                ? java.time.Duration.parse(iso).toNanos() / 1000 + " microseconds"
                : java.time.Period.parse(iso).getMonths() + " months "
                        + java.time.Period.parse(iso).getDays() + " days";
    }

    private BatchReader read(Relation relation) {
        Schema schema = relation.schema();
        String columns = schema.fields().stream()
                .map(field -> read(field.type(), DuckSql.name(field.name())))
                .collect(Collectors.joining(", "));
        List<List<@Nullable Object>> rows = session.sql()
                .query("SELECT " + columns + " FROM (" + relation.sql() + ") AS r", row -> {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int column = 1; column <= schema.fields().size(); column++) {
                        values.add(row.getObject(column));
                    }
                    return values;
                });
        return new BatchReader() {
            private boolean done;

            @Override
            public Schema schema() {
                return schema;
            }

            @Override
            public @Nullable ColumnBatch next() {
                if (done) {
                    return null;
                }
                done = true;
                List<Column> all = new ArrayList<>();
                for (int column = 0; column < schema.fields().size(); column++) {
                    all.add(column(schema.fields().get(column).type(), rows, column));
                }
                return new ColumnBatch(schema, rows.size(), all);
            }

            @Override
            public void close() {}
        };
    }

    private static String read(DataType type, String column) {
        if (isLong(type)) {
            if (type == Simple.DATE) {
                return "CAST(" + column + " - DATE '1970-01-01' AS BIGINT)";
            } else if (type instanceof DataType.Timestamp timestamp) {
                return (timestamp.digits() > 6 ? "epoch_ns(" : "epoch_us(") + column + ")";
            } else if (type instanceof DataType.Decimal decimal) {
                return "CAST(CAST(" + column + " AS DECIMAL(38, " + decimal.scale() + ")) * "
                        + BigDecimal.TEN.pow(decimal.scale()) + " AS BIGINT)";
            }
            return "CAST(" + column + " AS BIGINT)";
        } else if (type == Simple.BINARY) {
            return "hex(" + column + ")";
        }
        return "CAST(" + column + " AS VARCHAR)";
    }

    private static boolean isLong(DataType type) {
        return (type.isInteger() && type != Simple.HUGEINT && type != Simple.UINT64)
                || type == Simple.BOOLEAN
                || type.isTime()
                || (type instanceof DataType.Decimal decimal && decimal.precision() <= 18);
    }

    private static Column column(DataType type, List<List<@Nullable Object>> rows, int column) {
        BitSet nulls = new BitSet();
        long[] longs = new long[rows.size()];
        @Nullable String[] texts = new String[rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            Object value = rows.get(row).get(column);
            nulls.set(row, value == null);
            if (value != null && isLong(type)) {
                longs[row] = ((Number) value).longValue();
            } else if (value != null) {
                texts[row] = value.toString();
            }
        }
        return isLong(type) ? new Column.Longs(longs, nulls) : new Column.Texts(texts, nulls);
    }
}
