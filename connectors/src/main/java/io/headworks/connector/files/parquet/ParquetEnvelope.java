package io.headworks.connector.files.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The first and last bytes of a Parquet file, which tell most broken files before an engine sees them. */
final class ParquetEnvelope {
    private static final int MAGIC_BYTES = 4;
    private static final int TAIL_BYTES = 8;

    private ParquetEnvelope() {}

    /** @throws IOException whose message says why the file is no Parquet that can be read */
    static void require(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size == 0) {
                throw new IOException("it is empty (0 bytes), which is no Parquet");
            }
            if (size < MAGIC_BYTES + TAIL_BYTES) {
                throw new IOException("its " + size + " bytes are too few for Parquet");
            }
            String head = text(read(channel, 0, MAGIC_BYTES));
            ByteBuffer tail = read(channel, size - TAIL_BYTES, TAIL_BYTES);
            int footer = tail.getInt(0);
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
            if (footer <= 0 || footer > size - MAGIC_BYTES - TAIL_BYTES) {
                throw new IOException("it is damaged: its footer would have " + Integer.toUnsignedString(footer)
                        + " of " + size + " bytes");
            }
        }
    }

    private static ByteBuffer read(FileChannel channel, long at, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("it became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }
}
