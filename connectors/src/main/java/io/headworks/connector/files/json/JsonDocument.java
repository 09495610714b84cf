package io.headworks.connector.files.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document: one array of objects, one object, or objects one after the other. Where it is not well formed the
 * bounds of the records are lost, and the file is an error from there.
 */
final class JsonDocument implements JsonRecords {
    private final JsonParser parser;
    private final RecordParser records;
    private final long firstByte;
    private boolean started;
    private boolean array;

    /** @param in valid UTF-8, without byte order mark */
    JsonDocument(InputStream in, long firstByte) throws IOException {
        this.parser = JsonLimits.factory().createParser(in);
        this.records = new RecordParser(parser);
        this.firstByte = firstByte;
    }

    @Override
    public @Nullable JsonRecord next() throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (!started) {
                started = true;
                array = token == JsonToken.START_ARRAY;
                if (!array && token != JsonToken.START_OBJECT && token != null) {
                    throw new IOException(
                            "it holds " + token.asString() + " where an object or an array of objects must be");
                }
                token = array ? parser.nextToken() : token;
            }
            if (array
                    && token == JsonToken.END_ARRAY
                    && parser.getParsingContext().inRoot()) {
                return end();
            }
            return token == null ? null : record(token);
        } catch (JsonProcessingException malformed) {
            throw new IOException(
                    JsonSyntax.sentence(malformed) + ", " + JsonSyntax.place(malformed)
                            + "; records after it cannot be told apart",
                    malformed);
        }
    }

    private @Nullable JsonRecord end() throws IOException {
        if (parser.nextToken() != null) {
            throw new IOException("something follows the array, line "
                    + parser.currentTokenLocation().getLineNr() + ", byte " + offset());
        }
        return null;
    }

    private JsonRecord record(JsonToken token) throws IOException {
        long line = parser.currentTokenLocation().getLineNr();
        long offset = offset();
        if (token == JsonToken.START_OBJECT) {
            return records.read(line, offset, null);
        }
        if (!array) {
            throw new IOException(
                    "something that is no object follows the first one, line " + line + ", byte " + offset);
        }
        String text = token.isScalarValue() ? parser.getText() : "[…]";
        parser.skipChildren();
        return JsonRecord.faulty(line, offset, Fault.malformed("this element of the array is no object"), text);
    }

    private long offset() {
        return firstByte + parser.currentTokenLocation().getByteOffset();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
