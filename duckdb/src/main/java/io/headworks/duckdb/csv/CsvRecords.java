package io.headworks.duckdb.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits delimited text into records. The rules, beside RFC 4180: lines end with LF, CR LF or CR; an empty line is no
 * record unless records have one field; a line that starts with the comment character is none; spaces around a quoted
 * field are no part of it; a quote inside an unquoted field, anything but spaces after a closing quote, and a number of
 * fields other than expected are malformed. Where quotes that do not pair run over several lines, nobody can tell text
 * from records: each of those lines is a malformed record, so that none is lost uncounted and none is guessed.
 */
final class CsvRecords {
    private static final int LF = '\n';
    private static final int CR = '\r';

    private final CsvBuffer buffer;
    private final CsvSyntax syntax;
    private final boolean[] read;
    private final boolean[] stops;
    private final boolean blanks;
    private int[] starts;
    private int[] ends;
    private boolean[] quoted;
    private boolean[] escaped;
    private final Set<LineEnd> lineEnds = EnumSet.noneOf(LineEnd.class);
    private boolean lineBreaksInQuotes;
    private int fields;
    private int end;
    private int next;
    private long line = 1;
    private long lines;
    private long offset;
    private long length;
    private @Nullable Malformed problem;
    private boolean inQuotes;
    private boolean unpaired;
    private @Nullable Malformed spreading;
    private long spreadsTo;

    /**
     * @param read which fields anybody reads: a stray quote in another is nobody's concern
     * @param limit bytes of the longest record
     */
    CsvRecords(InputStream in, CsvSyntax syntax, boolean[] read, int limit) throws IOException {
        this.buffer = new CsvBuffer(in, limit);
        this.syntax = syntax;
        this.read = read;
        this.stops = syntax.stops();
        this.blanks = syntax.delimiter()[0] != ' ';
        int capacity = Math.max(1, syntax.fields());
        starts = new int[capacity];
        ends = new int[capacity];
        quoted = new boolean[capacity];
        escaped = new boolean[capacity];
        skipByteOrderMark();
        for (int i = 0; i < syntax.skip() && startLine(); i++) {
            endOfLine(buffer.start);
            pass();
        }
        if (syntax.header()) {
            next();
        }
    }

    /** Moves to the next record, well formed or not; false after the last. */
    boolean next() throws IOException {
        while (startLine()) {
            if (spreading != null) {
                spread(spreading);
                return true;
            } else if (isBlank() || isComment()) {
                endOfLine(buffer.start);
                pass();
            } else {
                parse();
                return true;
            }
        }
        return false;
    }

    byte[] bytes() {
        return buffer.bytes;
    }

    int fields() {
        return fields;
    }

    int start(int field) {
        return starts[field];
    }

    int end(int field) {
        return ends[field];
    }

    boolean isQuoted(int field) {
        return quoted[field];
    }

    /** True when the field holds escaped characters, to be undone by {@link #isEscape}. */
    boolean isEscaped(int field) {
        return escaped[field];
    }

    boolean isEscape(byte b) {
        return b == syntax.escape();
    }

    /** 1-based line on which the record starts. */
    long line() {
        return line;
    }

    /** 0-based offset of the record in the decompressed file. */
    long offset() {
        return offset;
    }

    /** Bytes of the record without its line end. */
    long length() {
        return length;
    }

    /** The beginning of the record's text; bytes that are no UTF-8 are shown as {@code \\xNN}. */
    String raw(int most) {
        int shown = (int) Math.min(most, Math.min(length, buffer.filled - buffer.start));
        return Utf8.show(buffer.bytes, buffer.start, buffer.start + shown);
    }

    /** What is wrong with the record; null when it is well formed. */
    @Nullable
    Malformed problem() {
        return problem;
    }

    private void skipByteOrderMark() throws IOException {
        buffer.more();
        byte[] bytes = buffer.bytes;
        if (buffer.filled >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf) {
            buffer.start = 3;
        }
        next = buffer.start;
    }

    /** Steps over the record before, and makes sure that there is a byte to look at. */
    private boolean startLine() throws IOException {
        pass();
        boolean any = buffer.start < buffer.filled || buffer.more();
        offset = buffer.offset();
        return any;
    }

    private void pass() {
        buffer.start = next;
        line += lines;
        lines = 0;
    }

    private boolean isBlank() {
        byte first = buffer.bytes[buffer.start];
        return syntax.fields() > 1 && (first == LF || first == CR);
    }

    private boolean isComment() {
        return buffer.bytes[buffer.start] == syntax.comment();
    }

    private void parse() throws IOException {
        problem = null;
        unpaired = false;
        boolean whole = split();
        while (!whole && buffer.more()) {
            problem = null;
            whole = split();
        }
        if (!whole) {
            problem = new Malformed(Malformed.TOO_LONG, "the record is too long", -1);
            cutToFirstLine(problem, inQuotes ? Long.MAX_VALUE : offset);
        } else if (problem != null && unpaired && lines > 1) {
            cutToFirstLine(problem, buffer.base + next);
        } else {
            length = end - buffer.start;
            lineBreaksInQuotes |= lines > 1;
            if (problem == null && fields != syntax.fields()) {
                problem = new Malformed(Malformed.MALFORMED, count(fields) + ", " + syntax.fields() + " expected", -1);
            }
        }
    }

    private static String count(int fields) {
        return "the record has " + fields + (fields == 1 ? " field" : " fields");
    }

    private void cutToFirstLine(Malformed why, long to) throws IOException {
        endOfLine(buffer.start);
        spreadsTo = to;
        spreading = buffer.base + next < to
                ? new Malformed(why.code(), why.reason() + "; the quote may have been opened on line " + line, -1)
                : null;
    }

    /** One more line of quotes that do not pair. Beyond the longest record the first line with a quote is the last. */
    private void spread(Malformed why) throws IOException {
        problem = why;
        endOfLine(buffer.start);
        boolean closes = spreadsTo == Long.MAX_VALUE && holdsQuote(buffer.start, end);
        if (closes || buffer.base + next >= spreadsTo) {
            spreading = null;
        }
    }

    private boolean holdsQuote(int from, int to) {
        for (int at = from; at < to; at++) {
            if (buffer.bytes[at] == syntax.quote()) {
                return true;
            }
        }
        return false;
    }

    /** Finds the end of the line that starts here, however long it is; sets {@code end}, {@code next} and {@code lines}. */
    private void endOfLine(int from) throws IOException {
        int at = from;
        while (true) {
            while (at < buffer.filled && buffer.bytes[at] != LF && buffer.bytes[at] != CR) {
                at++;
            }
            if (at < buffer.filled) {
                break;
            }
            int seen = at - buffer.start;
            if (!buffer.more()) {
                if (buffer.ended) {
                    break;
                }
                discard();
                seen = 0;
            }
            at = buffer.start + seen;
        }
        end = at;
        length = buffer.base + at - offset;
        lineEnd(at);
        lines = 1;
    }

    /** Drops what is held of a line that is longer than the limit. */
    private void discard() {
        buffer.base += buffer.filled - buffer.start;
        buffer.filled = buffer.start;
    }

    /** The ways in which lines were seen to end, outside quotes. */
    Set<LineEnd> lineEnds() {
        return lineEnds;
    }

    /** True when a well-formed record ran over several lines. */
    boolean hasLineBreaksInQuotes() {
        return lineBreaksInQuotes;
    }

    /** Sets {@code next} behind the line end at this byte, if there is one. */
    private void lineEnd(int at) throws IOException {
        int position = at;
        if (position < buffer.filled && buffer.bytes[position] == CR) {
            if (position + 1 == buffer.filled) {
                int seen = position - buffer.start;
                buffer.more();
                position = buffer.start + seen;
                end = position;
            }
            position++;
            if (position < buffer.filled && buffer.bytes[position] == LF) {
                position++;
                lineEnds.add(LineEnd.CRLF);
            } else {
                lineEnds.add(LineEnd.CR);
            }
        } else if (position < buffer.filled) {
            position++;
            lineEnds.add(LineEnd.LF);
        }
        next = position;
    }

    /** Splits the record at {@code buffer.start}; false when its end is not in the buffer and the stream goes on. */
    private boolean split() throws IOException {
        fields = 0;
        lines = 1;
        inQuotes = false;
        int at = buffer.start;
        while (true) {
            grow();
            int begin = at;
            while (blanks && at < buffer.filled && buffer.bytes[at] == ' ') {
                at++;
            }
            if (at < buffer.filled && buffer.bytes[at] == syntax.quote()) {
                inQuotes = true;
                at = quotedField(at + 1);
                inQuotes = at < 0 && inQuotes;
            } else {
                at = unquotedField(begin);
            }
            if (at < 0) {
                return false;
            }
            fields++;
            if (at == buffer.filled || buffer.bytes[at] == LF || buffer.bytes[at] == CR) {
                if (at + 1 >= buffer.filled && !buffer.ended) {
                    return false;
                }
                end = at;
                lineEnd(at);
                return true;
            }
            at += syntax.delimiter().length;
        }
    }

    /** @return the position of the delimiter or line end after the field; -1 when more bytes are needed */
    private int unquotedField(int begin) {
        byte[] bytes = buffer.bytes;
        int filled = buffer.filled;
        int at = begin;
        while (at < filled) {
            byte b = bytes[at];
            if (!stops[b & 0xff]) {
                at++;
            } else if (b == syntax.quote()) {
                if (fields < read.length && read[fields]) {
                    wrong("a quote stands inside an unquoted field");
                    unpaired = true;
                }
                at++;
            } else if (b == LF || b == CR || isDelimiter(at)) {
                break;
            } else if (at + syntax.delimiter().length > filled && !buffer.ended) {
                return -1;
            } else {
                at++;
            }
        }
        if (at == filled && !buffer.ended) {
            return -1;
        }
        put(begin, at, false, false);
        return at;
    }

    private int quotedField(int begin) {
        byte[] bytes = buffer.bytes;
        int filled = buffer.filled;
        boolean escapes = false;
        int at = begin;
        while (true) {
            while (at < filled && bytes[at] != syntax.quote() && bytes[at] != syntax.escape()) {
                lines += newLine(bytes, at, filled);
                at++;
            }
            if (at + 1 >= filled && !buffer.ended) {
                return -1;
            }
            if (at >= filled) {
                wrong("a quote is never closed");
                unpaired = true;
                put(begin, filled, true, escapes);
                return filled;
            }
            if (!isEscapeAt(at, filled)) {
                break;
            }
            escapes = true;
            at += 2;
        }
        if (bytes[at] != syntax.quote()) {
            wrong("an escape stands before a character that needs none");
        }
        put(begin, at, true, escapes);
        inQuotes = false;
        return afterQuote(at + 1);
    }

    private boolean isEscapeAt(int at, int filled) {
        if (buffer.bytes[at] != syntax.escape() || at + 1 >= filled) {
            return false;
        }
        byte following = buffer.bytes[at + 1];
        return following == syntax.quote() || following == syntax.escape();
    }

    private int afterQuote(int from) {
        int at = from;
        while (blanks && at < buffer.filled && buffer.bytes[at] == ' ') {
            at++;
        }
        if (at + syntax.delimiter().length > buffer.filled && !buffer.ended) {
            return -1;
        }
        if (at == buffer.filled || buffer.bytes[at] == LF || buffer.bytes[at] == CR || isDelimiter(at)) {
            return at;
        }
        wrong("text follows a closing quote");
        unpaired = true;
        while (at < buffer.filled && buffer.bytes[at] != LF && buffer.bytes[at] != CR && !isDelimiter(at)) {
            at++;
        }
        return at == buffer.filled && !buffer.ended ? -1 : at;
    }

    private static int newLine(byte[] bytes, int at, int filled) {
        byte b = bytes[at];
        return b == LF || (b == CR && (at + 1 >= filled || bytes[at + 1] != LF)) ? 1 : 0;
    }

    private boolean isDelimiter(int at) {
        byte[] delimiter = syntax.delimiter();
        if (at + delimiter.length > buffer.filled) {
            return false;
        }
        for (int i = 0; i < delimiter.length; i++) {
            if (buffer.bytes[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private void wrong(String reason) {
        if (problem == null) {
            problem = new Malformed(Malformed.MALFORMED, reason, fields);
        }
    }

    private void put(int start, int finish, boolean isQuoted, boolean isEscaped) {
        starts[fields] = start;
        ends[fields] = finish;
        quoted[fields] = isQuoted;
        escaped[fields] = isEscaped;
    }

    private void grow() {
        if (fields == starts.length) {
            int capacity = fields * 2;
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
            quoted = Arrays.copyOf(quoted, capacity);
            escaped = Arrays.copyOf(escaped, capacity);
        }
    }
}
