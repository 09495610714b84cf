package io.headworks.duckdb.stream;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.run.Cancellation;
import io.headworks.api.source.RowSource;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Three known rows through the engine's raw memory, before any others: a driver that lays it out in another way gives
 * other values, and is then used by its public interface.
 */
final class StreamTrial {
    private static final String EXPECTED = "[{a=1, b=-12.34, c=2024-02-29, d=0.5, e=kurz, f=-1234567890123456789.01},"
            + " {a=NULL, b=NULL, c=NULL, d=NULL, e=NULL, f=NULL},"
            + " {a=-9223372036854775807, b=0.01, c=1969-12-31, d=-1.0, e=länger als zwölf Bytes, f=0.00}]";
    private static final Schema SCHEMA = new Schema(List.of(
            new Field("a", Simple.INT64),
            new Field("b", new DataType.Decimal(9, 2)),
            new Field("c", Simple.DATE),
            new Field("d", Simple.DOUBLE),
            new Field("e", Simple.TEXT),
            new Field("f", new DataType.Decimal(38, 2))));

    private StreamTrial() {}

    static boolean passes(DuckDBConnection instance, Streams streams) throws SQLException {
        Streams.Opened opened =
                streams.open(new RowSource.Parallel(SCHEMA, List.of(rejects -> rows())), new Cancellation(), row -> {});
        String text = "string_agg(format('{{a={}, b={}, c={}, d={}, e={}, f={}}}', "
                + "a_, b_, c_, d_, e_, f_), ', ' ORDER BY n)";
        String columns = List.of("a", "b", "c", "d", "e", "f").stream()
                .map(name -> "coalesce(CAST(" + name + " AS VARCHAR), 'NULL') AS " + name + "_, ")
                .reduce("", String::concat);
        String numbered = "SELECT " + columns + "CASE a WHEN 1 THEN 0 WHEN -9223372036854775807 THEN 2 ELSE 1 END AS n"
                + " FROM (" + opened.select() + ")";
        try (DuckDBConnection connection = instance.duplicate();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT '[' || " + text + " || ']' FROM (" + numbered + ")")) {
            return row.next() && EXPECTED.equals(row.getString(1));
        } finally {
            streams.close(opened);
        }
    }

    private static BatchReader rows() {
        byte[] texts = "kurzlänger als zwölf Bytes".getBytes(StandardCharsets.UTF_8);
        BitSet second = new BitSet();
        second.set(1);
        ColumnBatch batch = new ColumnBatch(
                SCHEMA,
                3,
                List.of(
                        new Column.Longs(new long[] {1, 77, -Long.MAX_VALUE}, second),
                        new Column.Longs(new long[] {-1234, 77, 1}, second),
                        new Column.Longs(new long[] {19782, 77, -1}, second),
                        new Column.Doubles(new double[] {0.5, 77, -1}, second),
                        new Column.Utf8(texts, new int[] {0, 0, 4}, new int[] {4, -1, texts.length - 4}, second),
                        new Column.Decimals(
                                new BigDecimal[] {
                                    new BigDecimal("-1234567890123456789.01"), BigDecimal.ONE, new BigDecimal("0.00")
                                },
                                second)));
        return new Once(batch);
    }

    /** One batch. */
    private static final class Once implements BatchReader {
        private @Nullable ColumnBatch batch;

        Once(ColumnBatch batch) {
            this.batch = batch;
        }

        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public @Nullable ColumnBatch next() {
            ColumnBatch next = batch;
            batch = null;
            return next;
        }

        @Override
        public void close() {
            batch = null;
        }
    }
}
