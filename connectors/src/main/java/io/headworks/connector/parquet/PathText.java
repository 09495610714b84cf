package io.headworks.connector.parquet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Any text as one name in a path: letters, digits, {@code _} and {@code -} stay, other bytes are {@code %XX}. */
final class PathText {
    /** What engines read as NULL in {@code key=value} folders. */
    static final String NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__";

    private static final int LONGEST = 180;

    private PathText() {}

    static String encode(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", b & 0xFF));
            }
        }
        return out.toString();
    }

    static String decode(String name) {
        return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The value part of a {@code key=value} folder. A text too long for a name is cut and told apart by its hash. */
    static String partition(@Nullable String value) {
        if (value == null) {
            return NULL_PARTITION;
        }
        String name = encode(value);
        return name.length() <= LONGEST
                ? name
                : name.substring(0, LONGEST / 2).replaceAll("%.?$", "") + "-" + hash(value);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
