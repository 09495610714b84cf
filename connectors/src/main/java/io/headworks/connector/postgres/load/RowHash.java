package io.headworks.connector.postgres.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of rows in any order: the sum modulo 2^128 of MurmurHash3 (x64, 128 bits, seed 0) over each row's bytes. Order
 * does not matter, copies do. Source: Austin Appleby's MurmurHash3, public domain.
 */
final class RowHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private long high;
    private long low;
    /** Of the row added last. */
    private long rowHigh;

    private long rowLow;

    void add(byte[] bytes, int offset, int length) {
        hash(bytes, offset, length);
        long before = low;
        low += rowLow;
        high += rowHigh + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
    }

    long rowHigh() {
        return rowHigh;
    }

    long rowLow() {
        return rowLow;
    }

    /** 32 hexadecimal digits. */
    String sum() {
        return String.format("%016x%016x", high, low);
    }

    private void hash(byte[] bytes, int offset, int length) {
        long h1 = 0;
        long h2 = 0;
        int blocks = length & ~15;
        for (int i = offset; i < offset + blocks; i += 16) {
            h1 ^= mix1((long) LONG.get(bytes, i));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mix2((long) LONG.get(bytes, i + 8));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        int rest = length - blocks;
        h1 ^= mix1(tail(bytes, offset + blocks, Math.min(rest, 8)));
        h2 ^= mix2(tail(bytes, offset + blocks + 8, Math.max(rest - 8, 0)));
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        h1 = finish(h1);
        h2 = finish(h2);
        h1 += h2;
        rowHigh = h1;
        rowLow = h2 + h1;
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long tail(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | bytes[from + i] & 0xff;
        }
        return value;
    }

    private static long finish(long k) {
        long mixed = (k ^ k >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
