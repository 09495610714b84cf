package io.headworks.connector.mysql.load;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The sum modulo 2^128 of the first 16 bytes of SHA-256 over each row's cells, as they are sent. */
final class SentHash {
    static final String ALGORITHM = "mysql-sent-sha256-sum-v1";

    private final MessageDigest digest;
    private long high;
    private long low;

    SentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** A kind, a length, and the value: no two rows of different values are the same bytes. */
    void cell(@Nullable Object value) {
        byte kind = (byte) (value == null ? 0 : value instanceof byte[] ? 2 : 1);
        byte[] bytes = bytes(value);
        digest.update(ByteBuffer.allocate(5).put(kind).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static byte[] bytes(@Nullable Object value) {
        if (value == null) {
            return new byte[0];
        } else if (value instanceof byte[] binary) {
            return binary;
        } else if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString().getBytes(StandardCharsets.UTF_8);
        }
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    void endRow() {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        long upper = hash.getLong();
        long sum = low + hash.getLong();
        high += upper + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        low = sum;
    }

    String sum() {
        return String.format("%016x%016x", high, low);
    }
}
