package io.headworks.duckdb.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A window on a stream that keeps everything from the current record's first byte on, up to a limit. */
final class CsvBuffer {
    private static final int START_SIZE = 1 << 20;

    private final InputStream in;
    private final int limit;
    byte[] bytes = new byte[START_SIZE];
    /** First byte of the current record. */
    int start;
    /** One past the last byte that was read. */
    int filled;
    /** Offset in the stream of {@code bytes[0]}. */
    long base;

    boolean ended;

    CsvBuffer(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /**
     * Reads more behind what is there.
     *
     * @return false when the stream has ended or the record has reached the limit
     */
    boolean more() throws IOException {
        if (ended || filled - start >= limit) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, filled - start);
            base += start;
            filled -= start;
            start = 0;
        }
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit + 1L, bytes.length * 2L));
        }
        int read = in.readNBytes(bytes, filled, bytes.length - filled);
        filled += read;
        ended = filled < bytes.length;
        return read > 0;
    }

    long offset() {
        return base + start;
    }
}
