package io.headworks.duckdb.batch;

import io.headworks.api.batch.Column;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.duckdb.RawChunk.RawVector;

/** Texts and blobs into the engine's memory: one call for all rows of a column. */
final class VectorTexts {

    private VectorTexts() {}

    /** Gathers bytes until there are those of all rows. */
    private static final class Payload {
        private final long[] lengths;
        private byte[] bytes;
        private int size;

        Payload(int rows, int guess) {
            lengths = new long[rows];
            bytes = new byte[Math.max(guess, 16)];
        }

        void add(int row, byte[] from, int start, int length) {
            if (bytes.length - size < length) {
                bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.max(length, size)));
            }
            System.arraycopy(from, start, bytes, size, length);
            size += length;
            lengths[row] = length;
        }

        void addNull(int row) {
            lengths[row] = -1;
        }

        void into(RawVector to) {
            to.texts(bytes, lengths, size);
        }
    }

    static VectorColumn.Writer texts(String name) {
        return (column, from, rows, to) -> {
            if (column instanceof Column.Utf8 utf8) {
                utf8(utf8, from, rows, to);
            } else {
                strings(name, (Column.Texts) column, from, rows, to, text -> text);
            }
        };
    }

    static VectorColumn.Writer intervals(String name) {
        return (column, from, rows, to) -> strings(name, (Column.Texts) column, from, rows, to, IntervalText::parts);
    }

    static VectorColumn.Writer nested(DataType type) {
        return (column, from, rows, to) -> {
            Payload payload = new Payload(rows, rows * 16);
            for (int i = 0; i < rows; i++) {
                if (column.isNull(from + i)) {
                    payload.addNull(i);
                } else {
                    StringBuilder json = new StringBuilder();
                    NestedJson.write(json, ((Column.Objects) column).values().get(from + i), type);
                    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
                    payload.add(i, bytes, 0, bytes.length);
                }
            }
            payload.into(to);
        };
    }

    static VectorColumn.Writer binaries() {
        return (column, from, rows, to) -> {
            for (int i = 0; i < rows; i++) {
                if (!column.isNull(from + i)) {
                    to.blob(i, ((Column.Binaries) column).values()[from + i]);
                }
            }
            VectorNumbers.nulls(column.nulls(), from, rows, to);
        };
    }

    private static void utf8(Column.Utf8 column, int from, int rows, RawVector to) {
        byte[] bytes = column.bytes();
        Payload payload = new Payload(rows, rows * 16);
        for (int i = 0; i < rows; i++) {
            int row = from + i;
            if (column.lengths()[row] < 0 || column.isNull(row)) {
                payload.addNull(i);
            } else {
                payload.add(i, bytes, column.starts()[row], column.lengths()[row]);
            }
        }
        payload.into(to);
    }

    /** Makes another text of a text. */
    private interface Rewriting {
        String of(String text);
    }

    private static void strings(
            String name, Column.Texts column, int from, int rows, RawVector to, Rewriting rewriting) {
        Payload payload = new Payload(rows, rows * 16);
        for (int i = 0; i < rows; i++) {
            if (column.isNull(from + i)) {
                payload.addNull(i);
            } else {
                ByteBuffer bytes = encoded(name, rewriting.of(Objects.requireNonNull(column.values()[from + i])));
                payload.add(i, bytes.array(), bytes.position(), bytes.remaining());
            }
        }
        payload.into(to);
    }

    private static ByteBuffer encoded(String name, String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException half) {
            throw new HeadworksException(
                    FailureKind.RUN, "Cannot hold a text in column '" + name + "': it has half a surrogate pair");
        }
    }
}
