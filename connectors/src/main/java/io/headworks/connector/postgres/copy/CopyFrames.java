package io.headworks.connector.postgres.copy;

import io.headworks.api.source.Frames;
import io.headworks.connector.postgres.copy.CopyRows.Failures;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** Rows of a binary COPY as they are, each checked to be made of whole fields. */
public final class CopyFrames implements Frames.Reader {
    /** Equal bytes for equal types, whatever the server's version; which types are passed on is the target's to say. */
    public static final String FORM = "postgresql-binary-copy";

    private static final byte[] NONE = {};

    private final CopyOut copy;
    private final int columns;
    private final String source;
    private final Failures failures;
    private final Session session;
    private volatile @Nullable SQLException deaf;
    private byte[] bytes = NONE;
    /** Where the row begins, and where it and what has come end. */
    private int row;

    private int rowEnd;
    private int end;
    private boolean begun;

    /**
     * Reads a COPY that has begun.
     *
     * @param source the name of the table, for messages
     * @param session on which it runs
     */
    public CopyFrames(CopyOut copy, int columns, String source, Failures failures, Session session) {
        this.copy = copy;
        this.columns = columns;
        this.source = source;
        this.failures = failures;
        this.session = session;
    }

    /** The session that sends the rows. */
    public interface Session extends AutoCloseable {
        /** Ends it without a word to the server, which may not listen. Called by any thread. */
        void abort() throws SQLException;
    }

    @Override
    public void abort() {
        try {
            session.abort();
        } catch (SQLException failed) {
            // told with what ends the reading, later then
            deaf = failed;
        }
    }

    @Override
    public boolean next() {
        row = rowEnd;
        while (true) {
            if ((begun || begin()) && rowEnd == row) {
                if (end - row >= 2 && Wire.int16(bytes, row) == Tuples.END) {
                    drain();
                    return false;
                }
                rowEnd = whole();
            }
            if (rowEnd > row) {
                return true;
            }
            receive();
        }
    }

    private boolean begin() {
        if (end < Tuples.HEADER) {
            return false;
        }
        Tuples.checkHeader(bytes);
        row = Tuples.HEADER;
        rowEnd = row;
        begun = true;
        return true;
    }

    /** Where the row ends; where it begins when it has not come completely. */
    private int whole() {
        if (end - row < 2) {
            return row;
        }
        int fields = Wire.int16(bytes, row);
        if (fields != columns) {
            throw new CorruptCopyException("a row has " + fields + " values instead of " + columns);
        }
        int at = row + 2;
        for (int i = 0; i < columns; i++) {
            if (end - at < 4) {
                return row;
            }
            int length = Wire.int32(bytes, at);
            at += 4;
            if (length < -1) {
                throw new CorruptCopyException("a value of " + length + " bytes");
            } else if (length > end - at) {
                return row;
            }
            at += Math.max(length, 0);
        }
        return at;
    }

    /** Nearly always a message is a row, and nothing has to be moved. */
    private void receive() {
        byte[] message = read();
        if (message == null) {
            throw new CorruptCopyException("it ended in the middle of " + source);
        }
        int rest = end - row;
        if (rest == 0) {
            bytes = message;
        } else {
            byte[] all = Arrays.copyOfRange(bytes, row, row + Math.addExact(rest, message.length));
            System.arraycopy(message, 0, all, rest, message.length);
            bytes = all;
        }
        row = 0;
        rowEnd = 0;
        end = bytes.length;
    }

    /** What follows the mark of the end is the server's word that there were no more rows. */
    private void drain() {
        if (end - row > 2 || read() != null) {
            throw new CorruptCopyException("something follows the end of " + source);
        }
    }

    private byte @Nullable [] read() {
        try {
            return copy.readFromCopy();
        } catch (SQLException failed) {
            SQLException unheard = deaf;
            if (unheard != null) {
                failed.addSuppressed(unheard);
            }
            throw failures.of("read " + source, failed);
        }
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int offset() {
        return row;
    }

    @Override
    public int length() {
        return rowEnd - row;
    }

    @Override
    public long sent() {
        return copy.getHandledRowCount();
    }

    @Override
    public void close() throws IOException {
        try {
            session.close();
        } catch (Exception failed) {
            throw new IOException("Cannot close the reading of " + source + ": " + failed.getMessage(), failed);
        }
    }
}
