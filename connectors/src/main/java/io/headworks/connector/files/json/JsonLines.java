package io.headworks.connector.files.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** NDJSON: an object a line. A line that cannot be read is a faulty record; the next line is read all the same. */
final class JsonLines implements JsonRecords {
    private final InputStream in;
    private final JsonFactory factory = JsonLimits.factory();
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int limit;
    private long bufferOffset;
    private long line;

    /** @param in UTF-8, without byte order mark */
    JsonLines(InputStream in, long firstByte) {
        this.in = in;
        this.bufferOffset = firstByte;
    }

    @Override
    public @Nullable JsonRecord next() throws IOException {
        while (true) {
            long start = bufferOffset + at;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            boolean ended = !readLine(bytes);
            if (ended && bytes.size() == 0) {
                return null;
            }
            line++;
            if (bytes.size() > JsonLimits.MAX_LINE_BYTES) {
                String head = bytes.toString(StandardCharsets.UTF_8).substring(0, 1000);
                return JsonRecord.faulty(
                        line,
                        start,
                        new Fault("too-long", "the line is longer than " + JsonLimits.MAX_LINE_BYTES + " bytes"),
                        head);
            }
            JsonRecord record = parse(bytes.toByteArray(), start);
            if (record != null) {
                return record;
            }
        }
    }

    /** Null for a blank line. */
    private @Nullable JsonRecord parse(byte[] bytes, long start) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            return JsonRecord.faulty(
                    line,
                    start,
                    new Fault("encoding", "the line is no UTF-8"),
                    new String(bytes, StandardCharsets.UTF_8));
        }
        if (text.isBlank()) {
            return null;
        }
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return JsonRecord.faulty(line, start, Fault.malformed("the line is no JSON object"), text);
            }
            JsonRecord record = new RecordParser(parser).read(line, start, text);
            return parser.nextToken() == null
                    ? record
                    : JsonRecord.faulty(line, start, Fault.malformed("something follows the object on the line"), text);
        } catch (JsonProcessingException malformed) {
            return JsonRecord.faulty(line, start, Fault.malformed(JsonSyntax.sentence(malformed)), text);
        }
    }

    /** Reads up to the next LF; false at the end of the file. Of a line over the limit only the beginning is kept. */
    private boolean readLine(ByteArrayOutputStream line) throws IOException {
        while (true) {
            if (at == limit) {
                bufferOffset += limit;
                at = 0;
                limit = Math.max(0, in.read(buffer));
                if (limit == 0) {
                    return false;
                }
            }
            int from = at;
            while (at < limit && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, from, Math.min(at - from, Math.max(0, JsonLimits.MAX_LINE_BYTES + 1 - line.size())));
            if (at < limit) {
                at++;
                return true;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
