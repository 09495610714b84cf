package io.headworks.duckdb.csv;

import io.headworks.api.source.Scan.CsvDialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the well-formed records of a delimited file anew, in a form that no reader can misread: comma, every value
 * quoted, NULL empty, LF; before them line, byte offset and length of the record. The other records go to a listener.
 */
public final class CsvRewriter {
    /** The longest record in bytes; a longer one is malformed. */
    public static final int LONGEST_RECORD = 32 << 20;

    /** Bytes of a rejected record that are kept as its raw text. */
    public static final int RAW_SHOWN = 64 << 10;

    private static final int CHECK_EVERY = 4_096;
    private final CsvSyntax syntax;
    private final int[] wanted;
    private final boolean[] read;
    private byte[] out = new byte[1 << 16];
    private int size;
    private long records;
    private int longest;

    /** @param wanted indexes of the fields to write, in order */
    public CsvRewriter(CsvDialect dialect, int[] wanted) {
        this.syntax = CsvSyntax.of(dialect);
        this.wanted = wanted.clone();
        this.read = new boolean[Math.max(1, dialect.physicalColumns())];
        for (int field : wanted) {
            read[field] = true;
        }
    }

    /** Hears of each record that is none, on the reading thread. */
    public interface Listener {
        /** @param raw the beginning of the record's text */
        void malformed(Fault fault, String raw);
    }

    /** @param stopped asked now and then; true ends the work early */
    public void rewrite(InputStream in, OutputStream target, Listener listener, BooleanSupplier stopped)
            throws IOException {
        CsvRecords each = new CsvRecords(in, syntax, read, LONGEST_RECORD);
        while (each.next()) {
            records++;
            Malformed problem = each.problem();
            if (problem == null) {
                problem = encoding(each);
            }
            if (problem == null) {
                write(each);
            } else {
                listener.malformed(Fault.of(each, problem), each.raw(RAW_SHOWN));
            }
            if (size > 1 << 15) {
                flush(target);
            }
            if (records % CHECK_EVERY == 0 && stopped.getAsBoolean()) {
                return;
            }
        }
        flush(target);
    }

    /** Records seen, well formed or not. */
    public long records() {
        return records;
    }

    /** Bytes of the longest line written. */
    public int longestLine() {
        return longest;
    }

    private @Nullable Malformed encoding(CsvRecords record) {
        for (int field : wanted) {
            if (!Utf8.isValid(record.bytes(), record.start(field), record.end(field))) {
                return new Malformed(Malformed.ENCODING, "the text is not UTF-8", field);
            }
        }
        return null;
    }

    private void write(CsvRecords record) {
        int before = size;
        number(record.line());
        put((byte) ',');
        number(record.offset());
        put((byte) ',');
        number(record.length());
        for (int field : wanted) {
            put((byte) ',');
            value(record, field);
        }
        put((byte) '\n');
        longest = Math.max(longest, size - before);
    }

    private void value(CsvRecords record, int field) {
        int start = record.start(field);
        int end = record.end(field);
        if (!record.isQuoted(field) && isNull(record.bytes(), start, end)) {
            return;
        }
        room(2L * (end - start) + 2);
        out[size++] = '"';
        byte[] bytes = record.bytes();
        boolean escaped = record.isEscaped(field);
        for (int at = start; at < end; at++) {
            byte b = bytes[at];
            if (escaped && record.isEscape(b) && at + 1 < end) {
                b = bytes[++at];
            }
            if (b == '"') {
                out[size++] = '"';
            }
            out[size++] = b;
        }
        out[size++] = '"';
    }

    private boolean isNull(byte[] bytes, int start, int end) {
        for (byte[] text : syntax.nulls()) {
            if (text.length == end - start && Arrays.equals(text, 0, text.length, bytes, start, end)) {
                return true;
            }
        }
        return false;
    }

    private void number(long value) {
        byte[] digits = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
        room(digits.length);
        System.arraycopy(digits, 0, out, size, digits.length);
        size += digits.length;
    }

    private void put(byte b) {
        room(1);
        out[size++] = b;
    }

    private void room(long more) {
        if (size + more > out.length) {
            out = Arrays.copyOf(out, (int) Math.max(size + more, out.length * 2L));
        }
    }

    private void flush(OutputStream target) throws IOException {
        target.write(out, 0, size);
        size = 0;
    }
}
