package io.headworks.duckdb.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Has {@link PlainRecords} look at all records of a file, in parts, on all processors. */
final class PlainParts {
    private static final int PART = 16 << 20;
    private static final int CHUNK = 1 << 18;

    private final FileChannel channel;
    private final Supplier<PlainRecords> records;
    private final boolean header;
    private final int chunk;
    private final BitSet loose = new BitSet();

    private PlainParts(FileChannel channel, Supplier<PlainRecords> records, boolean header, int chunk) {
        this.channel = channel;
        this.records = records;
        this.header = header;
        this.chunk = chunk;
    }

    /**
     * Fields that are not in plain form; empty where the file holds a quote or is otherwise none to be read this way.
     *
     * @param header the first line is no record; it is looked at for quotes all the same
     */
    static Optional<BitSet> loose(Path file, Supplier<PlainRecords> records, boolean header) throws IOException {
        return loose(file, records, header, PART, CHUNK);
    }

    /**
     * With sizes of its own.
     *
     * @param chunk bytes in memory at once; longer records are none for us
     */
    static Optional<BitSet> loose(Path file, Supplier<PlainRecords> records, boolean header, int part, int chunk)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            PlainParts parts = new PlainParts(channel, records, header, chunk);
            long count = (channel.size() + part - 1) / part;
            boolean plain = LongStream.range(0, count)
                    .parallel()
                    .allMatch(index -> parts.isPlain(index * part, (index + 1) * part));
            return plain ? Optional.of(parts.loose) : Optional.empty();
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private boolean isPlain(long from, long end) {
        PlainRecords found = records.get();
        try {
            if (!new Part(found, from, end).isPlain()) {
                return false;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        synchronized (loose) {
            loose.or(found.loose());
        }
        return true;
    }

    /** The records that begin in a part of the file; the last may end behind it. */
    private final class Part {
        private final PlainRecords found;
        private final long end;
        private final byte[] bytes = new byte[chunk + PlainRecords.SLACK];

        /** Where in the file the bytes begin. */
        private long base;

        private int length;
        private boolean inRecord;

        Part(PlainRecords found, long from, long end) {
            this.found = found;
            this.end = end;
            // the byte before says whether a record begins here
            this.base = Math.max(0, from - 1);
            this.inRecord = from > 0;
        }

        boolean isPlain() throws IOException {
            while (base < end && fill()) {
                int limit = lastLineEnd();
                int at = limit < 0 ? -1 : records(limit);
                if (at < 0) {
                    return false;
                }
                System.arraycopy(bytes, at, bytes, 0, length - at);
                base += at;
                length -= at;
            }
            return true;
        }

        /** True when there is a record, whole or in part. */
        private boolean fill() throws IOException {
            while (length < chunk) {
                int read = channel.read(ByteBuffer.wrap(bytes, length, chunk - length), base + length);
                if (read < 0) {
                    return length > 0 && endsItself();
                }
                length += read;
            }
            return true;
        }

        /** The last line of a file may end with the file. */
        private boolean endsItself() {
            if (bytes[length - 1] != '\n') {
                length = found.endLine(bytes, length);
            }
            return true;
        }

        /** The rest of a record that belongs to the part before, which looks at it. */
        private int afterLineEnd() {
            int at = 0;
            while (bytes[at] != '\n') {
                at++;
            }
            return at + 1;
        }

        private int lastLineEnd() {
            int at = length - 1;
            while (at >= 0 && bytes[at] != '\n') {
                at--;
            }
            return at;
        }

        /** Looks at records up to the limit, or to the end of the part; where the next begins, negative when strange. */
        private int records(int limit) {
            int at = 0;
            if (inRecord) {
                at = afterLineEnd();
                inRecord = false;
            } else if (base == 0 && header) {
                at = found.afterLine(bytes, 0);
            }
            long most = Math.min(limit, end - 1 - base);
            while (at >= 0 && at <= most) {
                at = found.next(bytes, at);
            }
            return at;
        }
    }
}
