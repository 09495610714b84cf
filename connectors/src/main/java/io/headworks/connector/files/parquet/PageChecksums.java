package io.headworks.connector.files.parquet;

import io.headworks.connector.files.parquet.ParquetFooter.Chunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Compares the checksums that a writer put into the pages of a Parquet file with their bytes, because engines do not.
 * Pages without checksum are passed over; a column chunk whose first page has none is not looked at further.
 */
final class PageChecksums {
    private static final int MAX_HEADER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final long size;

    PageChecksums(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /** @throws IOException naming the column whose page is damaged */
    void verify(ParquetFooter footer) throws IOException {
        for (Chunk chunk : footer.chunks()) {
            verify(chunk);
        }
    }

    private void verify(Chunk chunk) throws IOException {
        long end = chunk.offset() + chunk.bytes();
        if (chunk.offset() < 0 || chunk.bytes() < 0 || end > size) {
            throw new IOException("it is damaged: the pages of column " + chunk.column() + " reach beyond its end");
        }
        for (long at = chunk.offset(); at < end; ) {
            int window = (int) Math.min(MAX_HEADER_BYTES, end - at);
            ThriftCompact reader = new ThriftCompact(ParquetEnvelope.bytes(channel, at, window));
            Map<Integer, Object> header = reader.struct();
            if (!(header.get(3) instanceof Long bytes) || bytes < 0 || at + reader.position() + bytes > end) {
                throw new IOException("it is damaged: a page of column " + chunk.column() + " does not read");
            }
            if (!(header.get(4) instanceof Long checksum)) {
                return;
            }
            long start = at + reader.position();
            if (crc(start, bytes) != (checksum & 0xffffffffL)) {
                throw new IOException("it is damaged: a page of column " + chunk.column() + " at byte " + at
                        + " does not have the checksum it was written with");
            }
            at = start + bytes;
        }
    }

    private long crc(long start, long bytes) throws IOException {
        CRC32 crc = new CRC32();
        for (long at = start; at < start + bytes; ) {
            ByteBuffer part = ParquetEnvelope.bytes(channel, at, (int) Math.min(1 << 18, start + bytes - at));
            at += part.remaining();
            crc.update(part);
        }
        return crc.getValue();
    }
}
