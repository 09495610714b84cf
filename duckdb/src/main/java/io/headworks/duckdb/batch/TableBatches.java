package io.headworks.duckdb.batch;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * The committed rows of a table as batches, over a connection of their own. The engine ends a stream that fails without
 * a word, so the rows read are counted against those there are.
 */
public final class TableBatches implements BatchReader {
    private final Schema schema;
    private final Cancellation cancellation;
    private final DuckDBConnection connection;
    private final DuckDBPreparedStatement statement;
    private final DuckDBChunkedResult result;
    private final List<ReadColumn> columns;
    private final long expected;
    private long rows;

    private TableBatches(
            Schema schema,
            Cancellation cancellation,
            DuckDBConnection connection,
            DuckDBPreparedStatement statement,
            List<ReadColumn> columns,
            long expected)
            throws SQLException {
        this.schema = schema;
        this.cancellation = cancellation;
        this.connection = connection;
        this.statement = statement;
        this.columns = columns;
        this.expected = expected;
        this.result = statement.query();
    }

    /**
     * @param select a SELECT over a stored table, which gives the same rows whenever it is run
     * @param expected the number of its rows
     * @param connection closed with the reader
     */
    public static TableBatches open(
            DuckDBConnection connection, Cancellation cancellation, String select, Schema schema, long expected)
            throws SQLException {
        List<ReadColumn> columns = schema.fields().stream()
                .map(field -> ReadColumn.of(DuckSql.name(field.name()), field.type()))
                .toList();
        String list = columns.stream().map(ReadColumn::select).collect(Collectors.joining(", "));
        try {
            DuckDBPreparedStatement statement = connection.prepare("SELECT " + list + " FROM (" + select + ") AS r");
            return new TableBatches(schema, cancellation, connection, statement, columns, expected);
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable ColumnBatch next() {
        cancellation.check();
        if (!result.nextChunk()) {
            if (rows != expected) {
                throw new HeadworksException(
                        FailureKind.RUN, "Cannot read rows: the engine gave " + rows + " of " + expected);
            }
            return null;
        }
        DuckDBDataChunkReader chunk = result.chunk();
        int size = Math.toIntExact(chunk.rowCount());
        rows += size;
        List<Column> read = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            read.add(columns.get(i).reader().read(chunk.vector(i), size));
        }
        return new ColumnBatch(schema, size, read);
    }

    @Override
    public void close() throws IOException {
        try (connection;
                statement) {
            result.close();
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
