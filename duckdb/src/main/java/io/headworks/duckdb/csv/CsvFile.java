package io.headworks.duckdb.csv;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/** Opens a file by what its first bytes say: plain, gzip or zstd. */
public enum CsvFile {
    PLAIN("none"),
    GZIP("gzip"),
    ZSTD("zstd");

    private static final int INPUT_BUFFER = 1 << 16;

    private final String engineName;

    CsvFile(String engineName) {
        this.engineName = engineName;
    }

    /** The engine's name of the compression. */
    public String engineName() {
        return engineName;
    }

    public static CsvFile of(Path file) throws IOException {
        byte[] head = new byte[4];
        try (InputStream in = Files.newInputStream(file)) {
            head = Arrays.copyOf(head, in.readNBytes(head, 0, head.length));
        }
        if (head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
            return GZIP;
        }
        boolean zstd = head.length == 4
                && (head[0] & 0xff) == 0x28
                && (head[1] & 0xff) == 0xb5
                && (head[2] & 0xff) == 0x2f
                && (head[3] & 0xff) == 0xfd;
        return zstd ? ZSTD : PLAIN;
    }

    /** The decompressed bytes. */
    public static InputStream open(Path file) throws IOException {
        return open(file, bytes -> {});
    }

    /** @param read told how many bytes of the file, as it is stored, were read so far */
    public static InputStream open(Path file, LongConsumer read) throws IOException {
        CsvFile kind = of(file);
        InputStream raw = new CountedBytes(Files.newInputStream(file), read);
        try {
            return switch (kind) {
                case PLAIN -> raw;
                case GZIP -> new GZIPInputStream(new BufferedInputStream(raw, INPUT_BUFFER), INPUT_BUFFER);
                case ZSTD -> new ZstdInputStream(raw);
            };
        } catch (IOException unreadable) {
            raw.close();
            throw unreadable;
        }
    }
}
