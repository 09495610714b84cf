package io.headworks.connector.files.text;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An encoding and how many bytes of byte order mark stand before the text.
 *
 * <p>Found by this rule: a byte order mark; else UTF-16 when more than a third of the bytes at odd or at even positions
 * are zero; else UTF-8 when the bytes are valid as such; else windows-1252 when bytes 80–9F occur, and latin-1 (where
 * both agree) when none does.
 *
 * @param name {@code utf-8}, {@code utf-16}, {@code latin-1}, or another name in lower case
 */
public record TextEncoding(String name, Charset charset, int markBytes) {
    public static final TextEncoding UTF_8 = new TextEncoding("utf-8", StandardCharsets.UTF_8, 0);

    private static final Map<String, String> SYNONYMS = Map.of(
            "utf8", "utf-8",
            "utf16", "utf-16",
            "latin1", "latin-1",
            "latin-1", "latin-1",
            "iso-8859-1", "latin-1",
            "iso8859-1", "latin-1",
            "cp1252", "windows-1252",
            "utf-8-sig", "utf-8");

    /** An encoding the user names; its byte order mark, when the text has one, is passed over. */
    public static TextEncoding named(String given, byte[] head) {
        String lower = given.strip().toLowerCase(Locale.ROOT);
        String name = SYNONYMS.getOrDefault(lower, lower);
        TextEncoding marked = byMark(head);
        try {
            Charset charset = name.equals("latin-1") ? StandardCharsets.ISO_8859_1 : Charset.forName(name);
            if (marked != null && marked.name.startsWith(name)) {
                return marked;
            }
            return new TextEncoding(name, name.equals("utf-16") ? StandardCharsets.UTF_16LE : charset, 0);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read with encoding '" + given + "': there is no such encoding (as utf-8, utf-16, latin-1, "
                            + "windows-1252, iso-8859-15, shift_jis)");
        }
    }

    /**
     * Finds the encoding of a text from its first bytes.
     *
     * @param complete whether {@code head} is the whole text; when not, a character cut off at its end is no fault
     */
    public static TextEncoding detect(byte[] head, boolean complete) {
        TextEncoding marked = byMark(head);
        if (marked != null) {
            return marked;
        }
        TextEncoding wide = byZeros(head);
        if (wide != null) {
            return wide;
        }
        return isValid(head, complete) ? UTF_8 : singleByte(head);
    }

    /** True for the encodings of 16 and 32 bits. */
    public boolean isWide() {
        return name.startsWith("utf-16") || name.startsWith("utf-32");
    }

    /** The bytes of a UTF-8 byte order mark; 0 for other encodings. */
    public int utf8MarkBytes() {
        return name.equals("utf-8") ? markBytes : 0;
    }

    /** The single-byte encoding of a stream that is no UTF-8. */
    public static TextEncoding singleByte(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        TextEncoding found = singleByte(new byte[0]);
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            TextEncoding part = singleByte(Arrays.copyOf(buffer, read));
            found = part.name.equals("latin-1") ? found : part;
        }
        return found;
    }

    static TextEncoding singleByte(byte[] bytes) {
        for (byte b : bytes) {
            int value = b & 0xff;
            if (value >= 0x80 && value <= 0x9f) {
                return new TextEncoding("windows-1252", Charset.forName("windows-1252"), 0);
            }
        }
        return new TextEncoding("latin-1", StandardCharsets.ISO_8859_1, 0);
    }

    private static @Nullable TextEncoding byMark(byte[] head) {
        if (startsWith(head, 0xef, 0xbb, 0xbf)) {
            return new TextEncoding("utf-8", StandardCharsets.UTF_8, 3);
        } else if (startsWith(head, 0xff, 0xfe, 0, 0)) {
            return new TextEncoding("utf-32le", Charset.forName("UTF-32LE"), 4);
        } else if (startsWith(head, 0, 0, 0xfe, 0xff)) {
            return new TextEncoding("utf-32be", Charset.forName("UTF-32BE"), 4);
        } else if (startsWith(head, 0xff, 0xfe)) {
            return new TextEncoding("utf-16", StandardCharsets.UTF_16LE, 2);
        } else if (startsWith(head, 0xfe, 0xff)) {
            return new TextEncoding("utf-16be", StandardCharsets.UTF_16BE, 2);
        }
        return null;
    }

    private static @Nullable TextEncoding byZeros(byte[] head) {
        int[] zeros = new int[2];
        for (int i = 0; i < head.length; i++) {
            zeros[i & 1] += head[i] == 0 ? 1 : 0;
        }
        int third = head.length / 6;
        if (head.length >= 4 && zeros[1] > third && zeros[0] <= third / 4) {
            return new TextEncoding("utf-16", StandardCharsets.UTF_16LE, 0);
        }
        if (head.length >= 4 && zeros[0] > third && zeros[1] <= third / 4) {
            return new TextEncoding("utf-16be", StandardCharsets.UTF_16BE, 0);
        }
        return null;
    }

    private static boolean isValid(byte[] head, boolean complete) {
        return !StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length + 1), complete)
                .isError();
    }

    private static boolean startsWith(byte[] head, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= head.length || (head[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
