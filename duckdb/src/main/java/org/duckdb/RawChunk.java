package org.duckdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory of a chunk that a table function fills. In the driver's own package, because its public vectors take a Java
 * object for each decimal, date and timestamp, which costs more than all the rest of a load; these calls are its own, and
 * not public. Pinned to one version of the driver, and tried out before it is used (see {@link RawTableFunction}).
 */
public final class RawChunk {
    private final ByteBuffer chunk;

    RawChunk(ByteBuffer chunk) {
        this.chunk = chunk;
    }

    /** A column of the chunk. */
    public RawVector vector(int column) {
        return new RawVector(DuckDBBindings.duckdb_data_chunk_get_vector(chunk, column));
    }

    void setSize(long rows) {
        DuckDBBindings.duckdb_data_chunk_set_size(chunk, rows);
    }

    /** The memory of one column, in the machine's own byte order. */
    public static final class RawVector {
        private final ByteBuffer vector;

        RawVector(ByteBuffer vector) {
            this.vector = vector;
        }

        /** Room for {@code rows} values of {@code width} bytes. */
        public ByteBuffer data(int rows, int width) {
            return DuckDBBindings.duckdb_vector_get_data(vector, (long) rows * width)
                    .order(ByteOrder.nativeOrder());
        }

        /** A bit for each row, 1 for a value; rows are values until this is asked for and changed. */
        public ByteBuffer validity(int rows) {
            DuckDBBindings.duckdb_vector_ensure_validity_writable(vector);
            return DuckDBBindings.duckdb_vector_get_validity(vector, rows).order(ByteOrder.nativeOrder());
        }

        /** One blob. */
        public void blob(int row, byte[] value) {
            DuckDBBindings.duckdb_vector_assign_string_element_len(vector, row, value);
        }

        /**
         * Texts, one after the other; the engine checks that they are UTF-8.
         *
         * @param lengths in bytes; -1 for NULL
         * @param size bytes of the payload that are used
         */
        public void texts(byte[] payload, long[] lengths, int size) {
            DuckDBBindings.duckdb_vector_assign_string_elements(vector, 0, payload, lengths, size);
        }
    }
}
