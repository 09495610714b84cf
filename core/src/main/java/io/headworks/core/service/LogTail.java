package io.headworks.core.service;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** The end of a file of lines. */
final class LogTail {

    private LogTail() {}

    /** Copies at most so many bytes from the end, from the beginning of a line on. */
    static void copy(Path from, Path to, long bytes) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(from.toFile(), "r");
                OutputStream out = Files.newOutputStream(to)) {
            long start = Math.max(0, in.length() - bytes);
            in.seek(start);
            int last = start == 0 ? '\n' : in.read();
            while (last != '\n' && last >= 0) {
                last = in.read();
            }
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        }
    }
}
