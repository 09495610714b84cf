package io.headworks.connector.postgres.load;

import io.headworks.api.batch.Column;
import io.headworks.connector.result.UnfitValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.BitSet;

/** Texts that are UTF-8 already. */
final class TextWriter implements ColumnWriter {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = ONES << 7;
    /** jsonb's form: the version of its text before it. */
    private static final int JSONB_VERSION = 1;

    private final int before;
    private Column.Utf8 texts = new Column.Utf8(new byte[0], new int[0], new int[0], new BitSet());

    /** @param jsonb true for the text of a jsonb */
    TextWriter(boolean jsonb) {
        this.before = jsonb ? 1 : 0;
    }

    @Override
    public boolean measure(Column column, int rows, int[] sizes) {
        if (!(column instanceof Column.Utf8 utf8)) {
            return false;
        }
        texts = utf8;
        int[] lengths = utf8.lengths();
        for (int row = 0; row < rows; row++) {
            int length = utf8.isNull(row) ? 0 : before + lengths[row];
            sizes[row] = Math.addExact(sizes[row], LENGTH + length);
        }
        return true;
    }

    @Override
    public void write(int from, int to, byte[] bytes, int[] places) throws UnfitValue {
        long zeros = 0;
        for (int row = from; row < to; row++) {
            int at = places[row];
            if (texts.isNull(row)) {
                NetworkOrder.INT.set(bytes, at, NULL);
                places[row] = at + LENGTH;
                continue;
            }
            int length = texts.lengths()[row];
            NetworkOrder.INT.set(bytes, at, before + length);
            if (before > 0) {
                bytes[at + LENGTH] = JSONB_VERSION;
            }
            zeros |= copy(texts.bytes(), texts.starts()[row], length, bytes, at + LENGTH + before);
            places[row] = at + LENGTH + before + length;
        }
        if (zeros != 0) {
            throw new UnfitValue("holds U+0000, which no text of PostgreSQL may");
        }
    }

    /** Copies and answers 0 when none of the bytes was 0. */
    private static long copy(byte[] from, int start, int length, byte[] to, int at) {
        long zeros = 0;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORD.get(from, start + i);
            WORD.set(to, at + i, word);
            zeros |= word - ONES & ~word & HIGHS;
        }
        for (; i < length; i++) {
            byte one = from[start + i];
            to[at + i] = one;
            zeros |= one == 0 ? 1 : 0;
        }
        return zeros;
    }
}
