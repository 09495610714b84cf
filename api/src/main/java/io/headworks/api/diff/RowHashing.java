package io.headworks.api.diff;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import java.util.List;
import java.util.Set;

/**
 * How the rows of one side become hashes of buckets, by the algorithm {@code hw1}.
 *
 * <ul>
 *   <li>A cell is its canonical text and a comma; of free text, its length in bytes, a colon, the text and a comma. A NULL
 *       is a cell without text and without length.
 *   <li>A row's text is its cells, those of the key first. Its hash is the first 8 bytes of the MD5 of that text in UTF-8,
 *       as a signed integer, the first byte the highest.
 *   <li>A row whose key has a NULL is in bucket 0. A key of one integer of at most 64 bits with a sign is in bucket {@code
 *       key % buckets + buckets} (the remainder has the key's sign); any other in {@code 1 + h % buckets}, where h is the
 *       first 4 bytes of the MD5 of the key's cells without sign.
 *   <li>A bucket's hash is the sum of its rows', modulo 2^64.
 * </ul>
 *
 * @param key at least one column; both sides have the same forms in the same order
 * @param values the other columns
 * @param byRemainder true when both sides' key is such an integer
 */
public record RowHashing(List<HashedColumn> key, List<HashedColumn> values, int buckets, boolean byRemainder) {
    /** The name under which hashes are stored and printed. */
    public static final String ALGORITHM = "hw1";

    /** The bucket of rows whose key has a NULL. */
    public static final int NULL_KEYS = 0;

    private static final Set<DataType> SIGNED =
            Set.of(Simple.INT8, Simple.INT16, Simple.INT32, Simple.INT64, Simple.UINT8, Simple.UINT16, Simple.UINT32);

    public RowHashing {
        key = List.copyOf(key);
        values = List.copyOf(values);
        if (key.isEmpty() || buckets < 1) {
            throw new IllegalArgumentException("Cannot hash rows without a key or without buckets");
        }
    }

    /** True for types whose values are integers that fit 64 bits with a sign. */
    public static boolean hasRemainder(DataType type) {
        return SIGNED.contains(type);
    }

    /** The key's columns and then the others. */
    public List<HashedColumn> columns() {
        return java.util.stream.Stream.concat(key.stream(), values.stream()).toList();
    }
}
