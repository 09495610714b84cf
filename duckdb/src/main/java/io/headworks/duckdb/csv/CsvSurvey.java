package io.headworks.duckdb.csv;

import io.headworks.api.source.Scan.CsvDialect;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks through delimited files without converting anything. */
public final class CsvSurvey {
    private static final int CHUNK = 1 << 18;
    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    private CsvSurvey() {}

    /** True when a quote character stands anywhere in the file. */
    public static boolean holdsQuotes(Path file, CsvDialect dialect) throws IOException {
        if (dialect.quote() == null || dialect.quote().isEmpty()) {
            return false;
        }
        byte quote = (byte) dialect.quote().charAt(0);
        if (CsvFile.of(file) == CsvFile.PLAIN) {
            return ByteSearch.inFile(file, quote);
        }
        try (InputStream in = CsvFile.open(file)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.readNBytes(chunk, 0, CHUNK); read > 0; read = in.readNBytes(chunk, 0, CHUNK)) {
                if (ByteSearch.contains(chunk, read, quote)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The way in which all lines of a file end; empty when it holds a malformed record, when they differ, or when it is
     * CR LF and there are line breaks inside quotes, which the engine then takes for line ends.
     */
    public static Optional<LineEnd> soundLineEnd(Path file, CsvDialect dialect, int[] wanted) throws IOException {
        try (InputStream in = CsvFile.open(file)) {
            CsvRecords records =
                    new CsvRecords(in, CsvSyntax.of(dialect), read(dialect, wanted), CsvRewriter.LONGEST_RECORD);
            // of the header, where there is one: malformed, each reader may end it elsewhere
            if (records.problem() != null) {
                return Optional.empty();
            }
            while (records.next()) {
                if (problem(records, wanted) != null) {
                    return Optional.empty();
                }
            }
            return onlyLineEnd(records);
        }
    }

    private static Optional<LineEnd> onlyLineEnd(CsvRecords records) {
        Set<LineEnd> ends = records.lineEnds();
        if (ends.size() > 1 || (ends.contains(LineEnd.CRLF) && records.hasLineBreaksInQuotes())) {
            return Optional.empty();
        }
        return Optional.of(ends.isEmpty() ? LineEnd.LF : ends.iterator().next());
    }

    /** How the first line of a file without quotes ends. */
    public static LineEnd firstLineEnd(Path file) throws IOException {
        try (InputStream in = CsvFile.open(file)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.readNBytes(chunk, 0, CHUNK); read > 0; read = in.readNBytes(chunk, 0, CHUNK)) {
                for (int at = 0; at < read; at++) {
                    if (chunk[at] == '\n') {
                        return LineEnd.LF;
                    } else if (chunk[at] == '\r') {
                        int following = at + 1 < read ? chunk[at + 1] : in.read();
                        return following == '\n' ? LineEnd.CRLF : LineEnd.CR;
                    }
                }
            }
        }
        return LineEnd.LF;
    }

    /** True when the last line has no end and ends with a delimiter. */
    public static boolean endsWithDelimiter(Path file, CsvDialect dialect) throws IOException {
        byte[] delimiter = dialect.delimiter().getBytes(StandardCharsets.UTF_8);
        return lastByte(file) == (delimiter[delimiter.length - 1] & 0xff);
    }

    private static int lastByte(Path file) throws IOException {
        if (CsvFile.of(file) == CsvFile.PLAIN) {
            try (SeekableByteChannel channel = Files.newByteChannel(file)) {
                ByteBuffer last = ByteBuffer.allocate(1);
                channel.position(Math.max(0, channel.size() - 1));
                return channel.read(last) == 1 ? last.get(0) & 0xff : -1;
            }
        }
        int last = -1;
        try (InputStream in = CsvFile.open(file)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.readNBytes(chunk, 0, CHUNK); read > 0; read = in.readNBytes(chunk, 0, CHUNK)) {
                last = chunk[read - 1] & 0xff;
            }
        }
        return last;
    }

    /** True when the line where a header is expected, after the lines to skip, is empty. */
    public static boolean hasBlankHeader(Path file, int skip) throws IOException {
        try (InputStream in = new BufferedInputStream(CsvFile.open(file), CHUNK)) {
            int next = in.read();
            if (next == BYTE_ORDER_MARK[0]) {
                in.mark(BYTE_ORDER_MARK.length);
                boolean mark = in.read() == BYTE_ORDER_MARK[1] && in.read() == BYTE_ORDER_MARK[2];
                if (!mark) {
                    in.reset();
                }
                next = mark ? in.read() : next;
            }
            for (int skipped = 0; skipped < skip && next >= 0; skipped++) {
                while (next >= 0 && next != '\n' && next != '\r') {
                    next = in.read();
                }
                int ended = next;
                next = in.read();
                if (ended == '\r' && next == '\n') {
                    next = in.read();
                }
            }
            return next == '\n' || next == '\r';
        }
    }

    private static @Nullable Malformed problem(CsvRecords records, int[] wanted) {
        Malformed problem = records.problem();
        for (int i = 0; problem == null && i < wanted.length; i++) {
            problem = encoding(records, wanted[i]);
        }
        return problem;
    }

    /** The first malformed record. */
    public static Optional<Fault> firstFault(Path file, CsvDialect dialect, int[] wanted) throws IOException {
        try (InputStream in = CsvFile.open(file)) {
            CsvRecords records =
                    new CsvRecords(in, CsvSyntax.of(dialect), read(dialect, wanted), CsvRewriter.LONGEST_RECORD);
            while (records.next()) {
                Malformed problem = problem(records, wanted);
                if (problem != null) {
                    return Optional.of(Fault.of(records, problem));
                }
            }
        }
        return Optional.empty();
    }

    /** The line of the first record whose field begins with this text. */
    public static OptionalLong lineOf(Path file, CsvDialect dialect, int field, String text) throws IOException {
        byte[] sought = text.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = CsvFile.open(file)) {
            CsvRecords records = new CsvRecords(
                    in, CsvSyntax.of(dialect), read(dialect, new int[] {field}), CsvRewriter.LONGEST_RECORD);
            while (records.next()) {
                if (records.problem() == null && isField(records, field, sought)) {
                    return OptionalLong.of(records.line());
                }
            }
        }
        return OptionalLong.empty();
    }

    private static boolean isField(CsvRecords records, int field, byte[] sought) {
        return Arrays.equals(records.bytes(), records.start(field), records.end(field), sought, 0, sought.length);
    }

    private static @Nullable Malformed encoding(CsvRecords records, int field) {
        return Utf8.isValid(records.bytes(), records.start(field), records.end(field))
                ? null
                : new Malformed(Malformed.ENCODING, "the text is not UTF-8", field);
    }

    private static boolean[] read(CsvDialect dialect, int[] wanted) {
        boolean[] read = new boolean[Math.max(1, dialect.physicalColumns())];
        for (int field : wanted) {
            read[field] = true;
        }
        return read;
    }
}
