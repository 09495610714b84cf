package io.headworks.duckdb.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for a byte eight at a time (the "has zero byte" test of Bit Twiddling Hacks). */
final class ByteSearch {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private ByteSearch() {}

    static boolean contains(byte[] bytes, int length, byte sought) {
        long pattern = ONES * (sought & 0xff);
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            long difference = (long) LONGS.get(bytes, at) ^ pattern;
            if (((difference - ONES) & ~difference & HIGHS) != 0) {
                return true;
            }
        }
        for (; at < length; at++) {
            if (bytes[at] == sought) {
                return true;
            }
        }
        return false;
    }
}
