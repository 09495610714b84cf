package org.duckdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The memory of one column of a chunk that a query gave, in the machine's own byte order. */
public final class RawColumn {
    /** Bytes of a text in a column: its length, then itself, or four bytes of it and the address of all. */
    public static final int TEXT = 16;
    /** Bytes of the longest text that stands in the column itself, behind its length. */
    public static final int SHORT_TEXT = 12;

    private static final int ADDRESS = 8;

    private final ByteBuffer vector;
    private final int rows;
    private final ByteBuffer probe = ByteBuffer.allocateDirect(TEXT).order(ByteOrder.nativeOrder());

    RawColumn(ByteBuffer vector, int rows) {
        this.vector = vector;
        this.rows = rows;
    }

    /** The values, {@code width} bytes each. */
    public ByteBuffer data(int width) {
        return DuckDBBindings.duckdb_vector_get_data(vector, (long) rows * width)
                .order(ByteOrder.nativeOrder());
    }

    /** A bit for each row, 1 for a value; null when all are values. */
    public @Nullable ByteBuffer validity() {
        ByteBuffer validity = DuckDBBindings.duckdb_vector_get_validity(vector, rows);
        return validity == null ? null : validity.order(ByteOrder.nativeOrder());
    }

    /** One text or blob of {@link #data}. */
    public byte[] text(ByteBuffer data, int row) {
        return DuckDBBindings.duckdb_vector_get_string(data, row);
    }

    /**
     * What stands at an address. The caller must have found all these bytes in long texts of this chunk: the driver's
     * copying of one text, which is told by its length and address, serves for many that lie side by side.
     */
    public byte[] texts(long address, int length) {
        if (length <= SHORT_TEXT) {
            throw new IllegalArgumentException("a text of " + length + " bytes has no address");
        }
        probe.putInt(0, length).putLong(ADDRESS, address);
        return DuckDBBindings.duckdb_vector_get_string(probe, 0);
    }

    /** The column by the driver's own interface. */
    public DuckDBReadableVector readable() {
        return new DuckDBReadableVector(vector, null, rows);
    }
}
