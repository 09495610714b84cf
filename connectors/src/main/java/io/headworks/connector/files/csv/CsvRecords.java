package io.headworks.connector.files.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The records of delimited text, one after the other, strictly: a quote inside an unquoted field, text after a closing
 * quote and a quote never closed are faults of the record. Blank lines and comment lines are passed over. A line ends
 * with LF, CR LF or CR. Memory held is that of the longest record, at most {@link #MAX_RECORD_CHARS}.
 */
public final class CsvRecords {
    /** Longer records are faulty. */
    public static final int MAX_RECORD_CHARS = 1 << 26;

    private static final int END = -1;

    private final Reader in;
    private final String delimiter;
    private final char delimiterStart;
    private final int quote;
    private final int escape;
    private final int comment;

    private final char[] input = new char[1 << 16];
    private int at;
    private int limit;
    private boolean exhausted;

    private char[] text = new char[1 << 12];
    private int length;
    private int[] ends = new int[64];
    private boolean[] quoted = new boolean[64];
    private int fields;
    private long line = 1;
    private long nextLine = 1;
    private @Nullable String fault;

    public CsvRecords(Reader in, CsvSyntax syntax) {
        this.in = in;
        this.delimiter = syntax.delimiter();
        this.delimiterStart = delimiter.charAt(0);
        this.quote = syntax.quote() == null ? -2 : syntax.quote();
        this.escape = syntax.escape() == null ? quote : syntax.escape();
        this.comment = syntax.comment() == null ? -2 : syntax.comment();
    }

    /** Passes over whole lines, whatever they hold. */
    public void skipLines(int lines) throws IOException {
        for (int i = 0; i < lines; i++) {
            skipLine();
        }
    }

    /** Moves to the next record; false after the last. */
    public boolean next() throws IOException {
        int c = peek();
        while (c == '\n' || c == '\r' || c == comment) {
            skipLine();
            c = peek();
        }
        if (c == END) {
            return false;
        }
        line = nextLine;
        length = 0;
        fields = 0;
        fault = null;
        boolean more = true;
        while (more) {
            more = field();
        }
        return true;
    }

    public int fields() {
        return fields;
    }

    /** The characters of all fields, unescaped; valid until the next call of {@link #next()}. */
    public char[] text() {
        return text;
    }

    public int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    public int end(int field) {
        return ends[field];
    }

    public String field(int field) {
        return new String(text, start(field), end(field) - start(field));
    }

    public boolean isQuoted(int field) {
        return quoted[field];
    }

    /** 1-based line on which the record starts. */
    public long line() {
        return line;
    }

    /** Why the record cannot be read; null when it can. */
    public @Nullable String fault() {
        return fault;
    }

    private boolean field() throws IOException {
        int blanks = blanks();
        if (peek() == quote) {
            at++;
            quotedField();
            blanks();
            return endField(true);
        }
        for (int i = 0; i < blanks; i++) {
            append(' ');
        }
        while (true) {
            int c = peek();
            if (c == END || c == '\n' || c == '\r' || c == delimiterStart && atDelimiter()) {
                return endField(false);
            }
            if (c == quote) {
                return broken("a quote stands inside an unquoted field");
            }
            at++;
            append((char) c);
        }
    }

    /** Passes over spaces, which are no part of a quoted field when they stand around it. */
    private int blanks() throws IOException {
        int count = 0;
        while (delimiterStart != ' ' && peek() == ' ') {
            at++;
            count++;
        }
        return count;
    }

    private void quotedField() throws IOException {
        int previous = END;
        while (true) {
            int c = peek();
            if (c == END) {
                fault = "a quote is never closed";
                return;
            }
            at++;
            if (c == escape && isEscapable(peek())) {
                append((char) peek());
                at++;
            } else if (c == quote) {
                return;
            } else if (c == escape) {
                fault = "an escape stands before a character that needs none";
                return;
            } else {
                append((char) c);
                nextLine += c == '\r' || c == '\n' && previous != '\r' ? 1 : 0;
            }
            previous = c;
        }
    }

    private boolean isEscapable(int next) {
        return next == quote || next == escape;
    }

    private boolean endField(boolean wasQuoted) throws IOException {
        int c = peek();
        if (c != END && c != '\n' && c != '\r' && !(c == delimiterStart && atDelimiter())) {
            return broken("text follows a closing quote");
        }
        if (fields == ends.length) {
            ends = Arrays.copyOf(ends, fields * 2);
            quoted = Arrays.copyOf(quoted, fields * 2);
        }
        quoted[fields] = wasQuoted;
        ends[fields++] = length;
        if (c == delimiterStart) {
            at += delimiter.length();
            return true;
        }
        skipLine();
        return false;
    }

    private boolean broken(String why) throws IOException {
        fault = why;
        skipLine();
        return false;
    }

    private void skipLine() throws IOException {
        while (true) {
            int c = peek();
            if (c == END) {
                return;
            }
            at++;
            if (c == '\n' || c == '\r') {
                nextLine++;
                if (c == '\r' && peek() == '\n') {
                    at++;
                }
                return;
            }
        }
    }

    private void append(char c) {
        if (length == text.length) {
            if (length >= MAX_RECORD_CHARS) {
                fault = "the record is longer than " + MAX_RECORD_CHARS + " characters";
                return;
            }
            text = Arrays.copyOf(text, length * 2);
        }
        text[length++] = c;
    }

    private boolean atDelimiter() throws IOException {
        int size = delimiter.length();
        if (size == 1) {
            return true;
        }
        while (limit - at < size && !exhausted) {
            fill();
        }
        if (limit - at < size) {
            return false;
        }
        for (int i = 1; i < size; i++) {
            if (input[at + i] != delimiter.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int peek() throws IOException {
        while (at == limit) {
            if (exhausted) {
                return END;
            }
            fill();
        }
        return input[at];
    }

    private void fill() throws IOException {
        System.arraycopy(input, at, input, 0, limit - at);
        limit -= at;
        at = 0;
        int read = in.read(input, limit, input.length - limit);
        if (read < 0) {
            exhausted = true;
        } else {
            limit += read;
        }
    }
}
