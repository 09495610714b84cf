package io.headworks.duckdb.batch;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.duckdb.RawQuery;
import org.jspecify.annotations.Nullable;

/** The rows of a SELECT as batches. Those of a table are counted against those there are. */
public final class TableBatches implements BatchReader {
    private final Schema schema;
    private final Cancellation cancellation;
    private final @Nullable DuckDBConnection owned;
    private final RawQuery query;
    private final List<RawReading> columns;
    private final @Nullable Long expected;
    private long rows;

    private TableBatches(
            Schema schema,
            Cancellation cancellation,
            @Nullable DuckDBConnection owned,
            RawQuery query,
            List<RawReading> columns,
            @Nullable Long expected) {
        this.schema = schema;
        this.cancellation = cancellation;
        this.owned = owned;
        this.query = query;
        this.columns = columns;
        this.expected = expected;
    }

    /**
     * @param select a SELECT over a stored table, which gives the same rows whenever it is run
     * @param expected the number of its rows
     * @param connection closed with the reader
     */
    public static TableBatches open(
            DuckDBConnection connection, Cancellation cancellation, String select, Schema schema, long expected)
            throws SQLException {
        return open(connection, cancellation, select, schema, RawReading.objects(schema), expected);
    }

    /** The same with texts as {@link Column.Utf8}. */
    public static TableBatches openUtf8(
            DuckDBConnection connection, Cancellation cancellation, String select, Schema schema, long expected)
            throws SQLException {
        return open(connection, cancellation, select, schema, RawReading.all(schema), expected);
    }

    /**
     * The rows as the engine makes them, texts as {@link Column.Utf8}.
     *
     * @param connection on which nothing else runs until the reader is closed
     */
    public static TableBatches stream(
            DuckDBConnection connection, Cancellation cancellation, String select, Schema schema) throws SQLException {
        List<RawReading> columns = RawReading.all(schema);
        return new TableBatches(
                schema, cancellation, null, RawQuery.open(connection, sql(columns, select)), columns, null);
    }

    private static TableBatches open(
            DuckDBConnection connection,
            Cancellation cancellation,
            String select,
            Schema schema,
            List<RawReading> columns,
            long expected)
            throws SQLException {
        try {
            RawQuery query = RawQuery.open(connection, sql(columns, select));
            return new TableBatches(schema, cancellation, connection, query, columns, expected);
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    private static String sql(List<RawReading> columns, String select) {
        String list = columns.stream().map(RawReading::select).collect(Collectors.joining(", "));
        return "SELECT " + list + " FROM (" + select + ") AS r";
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable ColumnBatch next() throws IOException {
        cancellation.check();
        int size = fetched();
        rows += size;
        if (size == 0) {
            if (expected != null && rows != expected) {
                throw new HeadworksException(
                        FailureKind.RUN, "Cannot read rows: the engine gave " + rows + " of " + expected);
            }
            return null;
        }
        List<Column> read = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            read.add(columns.get(i).reader().read(query.column(i, size), size));
        }
        return new ColumnBatch(schema, size, read);
    }

    private int fetched() throws IOException {
        try {
            return query.next();
        } catch (SQLException failed) {
            throw new IOException("Cannot read rows: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() throws IOException {
        try (owned) {
            query.close();
        } catch (SQLException failed) {
            throw new IOException("Cannot end reading rows: " + failed.getMessage(), failed);
        }
    }

    /** For messages. */
    @Override
    public String toString() {
        return schema.fields().stream().map(Field::name).collect(Collectors.joining(", "));
    }
}
