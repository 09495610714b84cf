package io.headworks.api.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Rows in the form in which a source's server writes them, for a target whose server reads the same form: they are passed
 * on undecoded.
 *
 * @param form names it, such as {@code postgresql-binary-copy}; equal names mean equal bytes for equal types
 * @param types of the columns in the server's own words, by name
 */
public record Frames(String form, Map<String, String> types, Opener opener) {
    public Frames {
        types = Map.copyOf(types);
    }

    /** Opens the stream, once. */
    public interface Opener {
        /** @param columns which, in the order in which each row gives them */
        Reader open(List<String> columns) throws IOException;
    }

    /** A row at a time, read by one thread. */
    public interface Reader extends AutoCloseable {
        /** Goes to the next row; false after the last, of which the server itself has said that it is. */
        boolean next() throws IOException;

        /** The array that holds the row; valid until the next call of {@link #next}. */
        byte[] bytes();

        int offset();

        int length();

        /** How many rows the server says it has sent. Asked after the last. */
        long sent();

        /** Ends the stream, also one that waits for its server: what reads it then fails. Called by any thread, at any time. */
        default void abort() {}

        @Override
        void close() throws IOException;
    }
}
