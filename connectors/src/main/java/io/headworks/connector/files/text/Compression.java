package io.headworks.connector.files.text;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** How a file is packed, told by the end of its name and proved by its first bytes. */
public enum Compression {
    NONE(""),
    GZIP(".gz"),
    ZSTD(".zst");

    private static final int BUFFER_BYTES = 1 << 16;

    private final String ending;

    Compression(String ending) {
        this.ending = ending;
    }

    public static Compression byName(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        if (lower.endsWith(GZIP.ending)) {
            return GZIP;
        }
        return lower.endsWith(ZSTD.ending) ? ZSTD : NONE;
    }

    /** The name without the ending that tells the compression. */
    public String strip(String path) {
        return path.substring(0, path.length() - ending.length());
    }

    /** The unpacked bytes. Failures are IOExceptions whose message says what is wrong with the file. */
    public static InputStream open(Path file, String path) throws IOException {
        BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            Compression actual = byMagic(raw);
            Compression named = byName(path);
            if (actual != named && (actual != NONE || !isEmpty(raw))) {
                throw new IOException(
                        actual == NONE
                                ? "its name ends in " + named.ending + " but it is not packed so"
                                : "it is packed as " + actual.ending + " but its name does not end so");
            }
            return switch (actual) {
                case NONE -> raw;
                case GZIP -> new GZIPInputStream(raw, BUFFER_BYTES);
                case ZSTD -> new ZstdInputStream(raw);
            };
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static Compression byMagic(BufferedInputStream in) throws IOException {
        in.mark(8);
        byte[] head = in.readNBytes(4);
        in.reset();
        if (head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
            return GZIP;
        }
        boolean zstd = head.length == 4
                && head[0] == 0x28
                && head[1] == (byte) 0xb5
                && head[2] == 0x2f
                && head[3] == (byte) 0xfd;
        return zstd ? ZSTD : NONE;
    }

    private static boolean isEmpty(BufferedInputStream in) throws IOException {
        in.mark(8);
        boolean empty = in.read() < 0;
        in.reset();
        return empty;
    }
}
