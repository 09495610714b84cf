package io.headworks.connector.postgres.copy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a binary COPY, gathered until there are enough for a batch: where each value begins and how long it is. The
 * stream may be cut anywhere; the part of a row that has come waits for the rest.
 */
final class Tuples {
    static final int MOST_ROWS = 2048;
    private static final int ENOUGH_BYTES = 4 << 20;
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    /** Stands where a row would begin, in place of the number of its fields. */
    static final int END = -1;

    static final int HEADER = SIGNATURE.length + 8;

    private final int columns;
    private final int[][] starts;
    private final int[][] lengths;
    private byte[] bytes = new byte[1 << 16];
    private int end;
    private int read;
    private int rows;
    private boolean begun;
    private boolean ended;

    Tuples(int columns) {
        this.columns = columns;
        this.starts = new int[columns][];
        this.lengths = new int[columns][];
        clear();
    }

    /** Begins the next batch. The arrays of the last one are its own from now on. */
    void clear() {
        byte[] rest = Arrays.copyOfRange(bytes, read, end);
        int usual = Math.min(Math.max(bytes.length, 1 << 16), ENOUGH_BYTES * 2);
        bytes = new byte[Math.max(rest.length, usual)];
        System.arraycopy(rest, 0, bytes, 0, rest.length);
        end = rest.length;
        read = 0;
        rows = 0;
        for (int i = 0; i < columns; i++) {
            starts[i] = new int[MOST_ROWS];
            lengths[i] = new int[MOST_ROWS];
        }
        take();
    }

    /** Adds what came from the server. */
    void add(byte[] message) {
        if (bytes.length - end < message.length) {
            int wanted = Math.addExact(end, message.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(2L * bytes.length, wanted)));
        }
        System.arraycopy(message, 0, bytes, end, message.length);
        end += message.length;
        take();
    }

    boolean isFull() {
        return rows == MOST_ROWS || read >= ENOUGH_BYTES;
    }

    /** True once the server has said that no row follows. */
    boolean hasEnded() {
        return ended;
    }

    int rows() {
        return rows;
    }

    Cells cells(int column) {
        return new Cells(bytes, starts[column], lengths[column], rows);
    }

    private void take() {
        if (!begun && !begin()) {
            return;
        }
        while (!ended && !isFull() && takeRow()) {
            rows++;
        }
    }

    private boolean begin() {
        if (end < HEADER) {
            return false;
        }
        checkHeader(bytes);
        read = HEADER;
        begun = true;
        return true;
    }

    /** @param bytes at least {@link #HEADER} of them */
    static void checkHeader(byte[] bytes) {
        if (!Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw new CorruptCopyException("it is no binary COPY");
        }
        int extension = Wire.int32(bytes, SIGNATURE.length + 4);
        if (Wire.int32(bytes, SIGNATURE.length) != 0 || extension != 0) {
            throw new CorruptCopyException("a binary COPY of another version");
        }
    }

    /** False, and nothing taken, when the row has not come completely. */
    private boolean takeRow() {
        if (end - read < 2) {
            return false;
        }
        int fields = Wire.int16(bytes, read);
        if (fields == END) {
            ended = true;
            return false;
        }
        if (fields != columns) {
            throw new CorruptCopyException("a row has " + fields + " values instead of " + columns);
        }
        int at = read + 2;
        for (int i = 0; i < columns; i++) {
            if (end - at < 4) {
                return false;
            }
            int length = Wire.int32(bytes, at);
            at += 4;
            starts[i][rows] = at;
            lengths[i][rows] = length;
            if (length > 0) {
                if (end - at < length) {
                    return false;
                }
                at += length;
            }
        }
        read = at;
        return true;
    }

    /** For messages. */
    @Override
    public @Nullable String toString() {
        return rows + " rows, " + (end - read) + " bytes waiting";
    }
}
