package io.headworks.connector.files.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** Decodes a stream of bytes; what is malformed is a {@link MalformedText}, never a replacement character. */
public final class StrictReader extends Reader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final String encoding;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private long bytesTaken;
    private boolean ended;

    /** Reads past the encoding's byte order mark. Closes the stream when closed. */
    public StrictReader(InputStream in, TextEncoding encoding) throws IOException {
        this.in = in;
        this.encoding = encoding.name();
        this.decoder = encoding.charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        in.skipNBytes(encoding.markBytes());
        this.bytesTaken = encoding.markBytes();
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length < 2) {
            throw new IllegalArgumentException("Cannot decode into " + length + " characters: one may need two");
        }
        CharBuffer chars = CharBuffer.wrap(target, offset, length);
        while (true) {
            int before = bytes.position();
            CoderResult result = decoder.decode(bytes, chars, ended);
            bytesTaken += bytes.position() - before;
            if (result.isError()) {
                throw new MalformedText(encoding, bytesTaken, bytes.get(bytes.position()) & 0xff);
            }
            if (chars.position() > offset) {
                return chars.position() - offset;
            }
            if (ended) {
                return -1;
            }
            fill();
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (read < 0) {
            ended = true;
        } else {
            bytes.position(bytes.position() + read);
        }
        bytes.flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
