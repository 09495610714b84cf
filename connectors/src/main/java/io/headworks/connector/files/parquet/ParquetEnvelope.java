package io.headworks.connector.files.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** The first and last bytes of a Parquet file, which tell most broken files before anybody reads on. */
final class ParquetEnvelope {
    private static final int MAGIC_BYTES = 4;
    private static final int TAIL_BYTES = 8;

    private ParquetEnvelope() {}

    /**
     * The bytes of the footer.
     *
     * @throws IOException whose message says why the file is no Parquet that can be read
     */
    static ByteBuffer footer(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size == 0) {
            throw new IOException("it is empty (0 bytes), which is no Parquet");
        }
        if (size < MAGIC_BYTES + TAIL_BYTES) {
            throw new IOException("its " + size + " bytes are too few for Parquet");
        }
        String head = text(bytes(channel, 0, MAGIC_BYTES));
        ByteBuffer tail = bytes(channel, size - TAIL_BYTES, TAIL_BYTES);
        int length = tail.getInt(0);
        String end = text(tail.position(MAGIC_BYTES));
        if (head.equals("PARE") || end.equals("PARE")) {
            throw new IOException("it is encrypted, and no keys are known");
        }
        if (!head.equals("PAR1")) {
            throw new IOException("it is no Parquet: it does not begin with PAR1");
        }
        if (!end.equals("PAR1")) {
            throw new IOException("it is cut off or damaged: it does not end with PAR1");
        }
        if (length <= 0 || length > size - MAGIC_BYTES - TAIL_BYTES) {
            throw new IOException("it is damaged: its footer would have " + Integer.toUnsignedString(length) + " of "
                    + size + " bytes");
        }
        return bytes(channel, size - TAIL_BYTES - length, length);
    }

    /** Little-endian. */
    static ByteBuffer bytes(FileChannel channel, long at, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("it is damaged: its pages reach beyond its end");
            }
        }
        return buffer.flip();
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }
}
