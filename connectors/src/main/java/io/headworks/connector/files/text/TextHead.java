package io.headworks.connector.files.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a text file, unpacked and decoded.
 *
 * @param complete whether it is the whole file
 */
public record TextHead(String text, TextEncoding encoding, Compression compression, boolean complete) {
    private static final int SAMPLE_BYTES = 1 << 18;

    /** @param encoding the encoding the user names; null to find it */
    public static TextHead of(Path file, String path, @Nullable String encoding) throws IOException {
        byte[] bytes;
        try (InputStream in = Compression.open(file, path)) {
            bytes = in.readNBytes(SAMPLE_BYTES);
        }
        boolean complete = bytes.length < SAMPLE_BYTES;
        TextEncoding found =
                encoding == null ? TextEncoding.detect(bytes, complete) : TextEncoding.named(encoding, bytes);
        return new TextHead(decode(bytes, found, complete), found, Compression.byName(path), complete);
    }

    /** The encoding alone. Text that is no UTF-8 throughout is found so from its beginning only. */
    public static TextEncoding encodingOf(Path file, String path, @Nullable String encoding) throws IOException {
        byte[] bytes;
        try (InputStream in = Compression.open(file, path)) {
            bytes = in.readNBytes(SAMPLE_BYTES);
        }
        if (encoding != null) {
            return TextEncoding.named(encoding, bytes);
        }
        TextEncoding found = TextEncoding.detect(bytes, bytes.length < SAMPLE_BYTES);
        return found.isWide() ? found : new TextEncoding("utf-8", StandardCharsets.UTF_8, found.utf8MarkBytes());
    }

    private static String decode(byte[] bytes, TextEncoding encoding, boolean complete) throws IOException {
        StringBuilder text = new StringBuilder(bytes.length);
        char[] buffer = new char[1 << 14];
        try (Reader reader = new StrictReader(new ByteArrayInputStream(bytes), encoding)) {
            for (int read = reader.read(buffer, 0, buffer.length); read >= 0; ) {
                text.append(buffer, 0, read);
                read = reader.read(buffer, 0, buffer.length);
            }
        } catch (MalformedText cut) {
            // a character that the end of the sample cuts is no fault
            if (complete || bytes.length - cut.byteOffset() > 8) {
                throw cut;
            }
        }
        return text.toString();
    }
}
