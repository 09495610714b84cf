package io.headworks.duckdb.batch;

import io.headworks.api.batch.Column;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.duckdb.RawColumn;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a column, copied as they lie in the engine's memory. Short ones stand in the column; long ones elsewhere, and
 * where one follows the other, as the engine mostly lays them, all are fetched at once.
 */
final class RawTexts {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int ADDRESS = 8;
    private static final int WORD = 7;
    /** Texts that are remembered, a power of two: those of a dictionary come again and again. */
    private static final int KNOWN = 64;

    private final RawColumn column;
    private final int rows;
    private final BitSet nulls;
    private final byte[] bytes;
    private final int[] starts;
    private final int[] lengths;
    private int end;
    private long runAddress;
    private int runLength;
    private final long[] knownAddresses = new long[KNOWN];
    private final int[] knownLengths = new int[KNOWN];
    private final int[] knownStarts = new int[KNOWN];

    private RawTexts(RawColumn column, int rows, BitSet nulls, byte[] bytes) {
        this.column = column;
        this.rows = rows;
        this.nulls = nulls;
        this.bytes = bytes;
        this.starts = new int[rows];
        this.lengths = new int[rows];
        this.end = rows * RawColumn.TEXT;
    }

    /** Null when they are too long for one array. */
    static Column.@Nullable Utf8 read(RawColumn column, int rows, BitSet nulls) {
        byte[] entries = new byte[rows * RawColumn.TEXT];
        column.data(RawColumn.TEXT).get(0, entries);
        long size = entries.length;
        for (int row = 0; row < rows; row++) {
            int length = (int) INT.get(entries, row * RawColumn.TEXT);
            size += length > RawColumn.SHORT_TEXT && !nulls.get(row) ? length + WORD : 0;
        }
        if (size > Integer.MAX_VALUE / 2) {
            return null;
        }
        byte[] bytes = size == entries.length ? entries : java.util.Arrays.copyOf(entries, (int) size);
        return new RawTexts(column, rows, nulls, bytes).copied();
    }

    private Column.Utf8 copied() {
        boolean up = ascends();
        for (int i = 0; i < rows; i++) {
            int row = up ? i : rows - 1 - i;
            int entry = row * RawColumn.TEXT;
            int length = (int) INT.get(bytes, entry);
            if (nulls.get(row)) {
                lengths[row] = -1;
            } else {
                lengths[row] = length;
                starts[row] = length <= RawColumn.SHORT_TEXT
                        ? entry + Integer.BYTES
                        : start((long) LONG.get(bytes, entry + ADDRESS), length);
            }
        }
        fetch();
        return new Column.Utf8(bytes, starts, lengths, nulls);
    }

    /** Some of the engine's forms keep texts from the end of their memory to its begin. */
    private boolean ascends() {
        long first = 0;
        for (int row = 0; row < rows; row++) {
            int entry = row * RawColumn.TEXT;
            if (!nulls.get(row) && (int) INT.get(bytes, entry) > RawColumn.SHORT_TEXT) {
                long address = (long) LONG.get(bytes, entry + ADDRESS);
                if (first != 0 && first != address) {
                    return first < address;
                }
                first = address;
            }
        }
        return true;
    }

    /** Where a long text will stand when its run has been fetched. */
    private int start(long address, int length) {
        int slot = (int) (address ^ address >>> 6) & KNOWN - 1;
        if (knownAddresses[slot] == address && knownLengths[slot] == length) {
            return knownStarts[slot];
        }
        // up to the end of the eight bytes that hold the last one, whatever lies there may be read
        long next = runAddress + runLength;
        boolean follows = runLength > 0 && address >= next && address <= (next + WORD & ~WORD);
        if (!follows) {
            fetch();
            runAddress = address;
        }
        runLength = Math.toIntExact(address + length - runAddress);
        knownAddresses[slot] = address;
        knownLengths[slot] = length;
        knownStarts[slot] = end + Math.toIntExact(address - runAddress);
        return knownStarts[slot];
    }

    private void fetch() {
        if (runLength > 0) {
            System.arraycopy(column.texts(runAddress, runLength), 0, bytes, end, runLength);
            end += runLength;
            runLength = 0;
        }
    }
}
