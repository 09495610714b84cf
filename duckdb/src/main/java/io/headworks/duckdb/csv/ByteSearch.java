package io.headworks.duckdb.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.LongStream;

/** Looks for a byte eight at a time (the "has zero byte" test of Bit Twiddling Hacks). */
final class ByteSearch {
    private static final long PART = 16 << 20;
    private static final int CHUNK = 1 << 18;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private ByteSearch() {}

    /** Looks through a file in parts, on all processors. */
    static boolean inFile(Path file, byte sought) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long parts = (channel.size() + PART - 1) / PART;
            return LongStream.range(0, parts).parallel().anyMatch(part -> inPart(channel, part * PART, sought));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static boolean inPart(FileChannel channel, long from, byte sought) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.nativeOrder());
        try {
            for (long at = from; at < from + PART; ) {
                buffer.clear();
                int read = channel.read(buffer, at);
                if (read <= 0) {
                    return false;
                } else if (contains(buffer, read, sought)) {
                    return true;
                }
                at += read;
            }
            return false;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean contains(ByteBuffer buffer, int length, byte sought) {
        long pattern = ONES * (sought & 0xff);
        int at = 0;
        for (; at + 4 * Long.BYTES <= length; at += 4 * Long.BYTES) {
            long found = zeroes(buffer.getLong(at) ^ pattern)
                    | zeroes(buffer.getLong(at + 8) ^ pattern)
                    | zeroes(buffer.getLong(at + 16) ^ pattern)
                    | zeroes(buffer.getLong(at + 24) ^ pattern);
            if (found != 0) {
                return true;
            }
        }
        for (; at < length; at++) {
            if (buffer.get(at) == sought) {
                return true;
            }
        }
        return false;
    }

    /** Not zero when a byte of the word is. */
    private static long zeroes(long word) {
        return (word - ONES) & ~word & HIGHS;
    }

    static boolean contains(byte[] bytes, int length, byte sought) {
        return contains(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()), length, sought);
    }
}
