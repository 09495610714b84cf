package io.headworks.connector.files.parquet;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads structs in Thrift's compact protocol, in which Parquet writes its metadata, as maps by field number: Boolean,
 * Long, Double, byte[], List, Map. Follows the specification of the protocol in the Thrift project's documents.
 */
final class ThriftCompact {
    private static final int MAX_DEPTH = 64;

    private final ByteBuffer bytes;
    private int depth;

    ThriftCompact(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** @throws IOException when the bytes are no struct */
    Map<Integer, Object> struct() throws IOException {
        try {
            return fields();
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new IOException("it is damaged: its metadata ends too early", e);
        }
    }

    /** Bytes taken so far. */
    int position() {
        return bytes.position();
    }

    private Map<Integer, Object> fields() throws IOException {
        if (++depth > MAX_DEPTH) {
            throw new IOException("it is damaged: its metadata is nested too deeply");
        }
        Map<Integer, Object> fields = new LinkedHashMap<>();
        int number = 0;
        for (int head = bytes.get() & 0xff; head != 0; head = bytes.get() & 0xff) {
            int delta = head >> 4;
            number = delta == 0 ? (int) zigzag() : number + delta;
            int type = head & 0xf;
            fields.put(number, type == 1 || type == 2 ? (Object) (type == 1) : value(type));
        }
        depth--;
        return fields;
    }

    private Object value(int type) throws IOException {
        return switch (type) {
            case 1, 2 -> bytes.get() == 1;
            case 3 -> (long) bytes.get();
            case 4, 5, 6 -> zigzag();
            case 7 -> bytes.getDouble();
            case 8 -> binary();
            case 9, 10 -> list();
            case 11 -> map();
            case 12 -> fields();
            default -> throw new IOException("it is damaged: its metadata holds a field of unknown type " + type);
        };
    }

    private byte[] binary() throws IOException {
        byte[] value = new byte[size(varint())];
        bytes.get(value);
        return value;
    }

    private List<Object> list() throws IOException {
        int head = bytes.get() & 0xff;
        int count = size(head >> 4 == 15 ? varint() : head >> 4);
        List<Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(value(head & 0xf));
        }
        return values;
    }

    private Map<Object, Object> map() throws IOException {
        int count = size(varint());
        Map<Object, Object> values = new LinkedHashMap<>();
        int types = count == 0 ? 0 : bytes.get() & 0xff;
        for (int i = 0; i < count; i++) {
            Object key = value(types >> 4);
            values.put(key, value(types & 0xf));
        }
        return values;
    }

    /** Nothing has more elements than there are bytes left. */
    private int size(long count) throws IOException {
        if (count < 0 || count > bytes.remaining()) {
            throw new IOException("it is damaged: its metadata ends too early");
        }
        return (int) count;
    }

    private long zigzag() throws IOException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = bytes.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IOException("it is damaged: its metadata holds a number that never ends");
    }
}
