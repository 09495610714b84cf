package org.duckdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a SELECT as the engine's own chunks, whose memory is read in place; see {@link RawChunk} for why it is here.
 * For one thread. A chunk's memory is gone with the next chunk.
 */
public final class RawQuery implements AutoCloseable {
    private final ByteBuffer statement;
    private final ByteBuffer result;
    private @Nullable ByteBuffer chunk;

    private RawQuery(ByteBuffer statement, ByteBuffer result) {
        this.statement = statement;
        this.result = result;
    }

    public static RawQuery open(DuckDBConnection connection, String select) throws SQLException {
        ByteBuffer statement = prepared(connection, select);
        try {
            return new RawQuery(statement, DuckDBNative.duckdb_jdbc_execute_capi(statement, new Object[0]));
        } catch (SQLException failed) {
            DuckDBNative.duckdb_jdbc_release(statement);
            throw failed;
        }
    }

    /** Makes whatever runs on a connection fail; by another thread. */
    public static void interrupt(DuckDBConnection connection) throws SQLException {
        connection.connRefLock.lock();
        try {
            connection.interrupt();
        } finally {
            connection.connRefLock.unlock();
        }
    }

    private static ByteBuffer prepared(DuckDBConnection connection, String select) throws SQLException {
        Lock lock = connection.connRefLock;
        lock.lock();
        try {
            connection.checkOpen();
            return DuckDBNative.duckdb_jdbc_prepare(connection.connRef, select.getBytes(StandardCharsets.UTF_8));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Goes to the next chunk and answers how many rows it has; 0 after the last.
     *
     * @throws SQLException when the query failed on its way
     */
    public int next() throws SQLException {
        leaveChunk();
        ByteBuffer fetched = DuckDBBindings.duckdb_fetch_chunk(result);
        if (fetched == null) {
            byte[] failure = DuckDBBindings.duckdb_result_error(result);
            if (failure != null) {
                throw new SQLException(new String(failure, StandardCharsets.UTF_8));
            }
            return 0;
        }
        chunk = fetched;
        return Math.toIntExact(DuckDBBindings.duckdb_data_chunk_get_size(fetched));
    }

    /** A column of the chunk. */
    public RawColumn column(int index, int rows) {
        ByteBuffer known = chunk;
        if (known == null) {
            throw new IllegalStateException("there is no chunk");
        }
        return new RawColumn(DuckDBBindings.duckdb_data_chunk_get_vector(known, index), rows);
    }

    private void leaveChunk() {
        if (chunk != null) {
            DuckDBBindings.duckdb_destroy_data_chunk(chunk);
            chunk = null;
        }
    }

    @Override
    public void close() {
        leaveChunk();
        DuckDBBindings.duckdb_destroy_result(result);
        DuckDBNative.duckdb_jdbc_release(statement);
    }
}
