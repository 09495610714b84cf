package io.headworks.duckdb.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Records' own text, fetched again from the file; cheapest in the order of their offsets. */
public final class RawText implements AutoCloseable {
    private final Path file;
    private InputStream in;
    private long at;

    public RawText(Path file) throws IOException {
        this.file = file;
        this.in = CsvFile.open(file);
    }

    /** The beginning of the text at an offset of the decompressed file. */
    public String at(long offset, long length) throws IOException {
        if (offset < at) {
            in.close();
            in = CsvFile.open(file);
            at = 0;
        }
        in.skipNBytes(offset - at);
        byte[] bytes = in.readNBytes((int) Math.min(length, CsvRewriter.RAW_SHOWN));
        at = offset + bytes.length;
        return Utf8.show(bytes, 0, bytes.length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
