package io.headworks.connector.postgres.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of binary COPY, in the network's order; grows with the largest row. */
final class TupleBuffer {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
        SHORT.set(bytes, at, (short) value);
    }

    void putInt(int value) {
        int at = take(4);
        INT.set(bytes, at, value);
    }

    void putLong(long value) {
        int at = take(8);
        LONG.set(bytes, at, value);
    }

    void put(byte[] value) {
        int at = take(value.length);
        System.arraycopy(value, 0, bytes, at, value.length);
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
        INT.set(bytes, begun, length - begun - 4);
    }
}
