package io.headworks.connector.files.json;

import io.headworks.api.source.Scan.InputFile;
import io.headworks.connector.files.text.Compression;
import io.headworks.connector.files.text.StrictReader;
import io.headworks.connector.files.text.TextEncoding;
import io.headworks.connector.files.text.TextHead;
import io.headworks.connector.files.text.Utf8Stream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Opens JSON files: unpacked, in UTF-8, past the byte order mark. */
final class JsonInput implements RecordInput {
    private final boolean lines;
    private final @Nullable String encoding;

    /**
     * @param lines whether every line is a document of its own
     * @param encoding the encoding the user names; null to find it
     */
    JsonInput(boolean lines, @Nullable String encoding) {
        this.lines = lines;
        this.encoding = encoding;
    }

    @Override
    public JsonRecords open(InputFile file) throws IOException {
        String path = file.stamp().path();
        TextEncoding found = TextHead.encodingOf(file.path(), path, encoding);
        InputStream in = Compression.open(file.path(), path);
        try {
            boolean utf8 = found.name().equals("utf-8");
            if (lines && utf8) {
                in.skipNBytes(found.markBytes());
                return new JsonLines(in, found.markBytes());
            }
            InputStream checked = new Utf8Stream(new StrictReader(in, found));
            long firstByte = utf8 ? found.markBytes() : 0;
            return lines ? new JsonLines(checked, firstByte) : new JsonDocument(checked, firstByte);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }
}
