package io.headworks.connector.postgres.load;

import java.util.Arrays;

/** Bytes of binary COPY, in the network's order; grows with the largest row. */
final class TupleBuffer {
    private byte[] bytes;
    private int length;

    TupleBuffer(int capacity) {
        this.bytes = new byte[capacity];
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Makes room for bytes that will be put at places within it. */
    void room(int count) {
        length = take(count);
    }

    /** The next bytes stand there. */
    void at(int place) {
        length = place;
    }

    /** Where the next bytes stand. The array may be another one afterwards. */
    private int take(int count) {
        int at = length;
        if (bytes.length - at < count) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(at, count), bytes.length * 2));
        }
        length = at + count;
        return at;
    }

    void putByte(int value) {
        int at = take(1);
        bytes[at] = (byte) value;
    }

    void putShort(int value) {
        int at = take(2);
        NetworkOrder.SHORT.set(bytes, at, (short) value);
    }

    void putInt(int value) {
        int at = take(4);
        NetworkOrder.INT.set(bytes, at, value);
    }

    void putLong(long value) {
        int at = take(8);
        NetworkOrder.LONG.set(bytes, at, value);
    }

    void put(byte[] value) {
        put(value, 0, value.length);
    }

    void put(byte[] value, int from, int count) {
        int at = take(count);
        System.arraycopy(value, from, bytes, at, count);
    }

    /** A field of NULL. */
    void putNull() {
        putInt(-1);
    }

    /** Leaves room for a field's length. */
    int begin() {
        return take(4);
    }

    /** Fills in the length of the field that began there. */
    void end(int begun) {
        NetworkOrder.INT.set(bytes, begun, length - begun - 4);
    }
}
