package io.headworks.api.batch;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field in a batch. What each {@link io.headworks.api.type.DataType} is carried by:
 *
 * <ul>
 *   <li>{@link Longs}: integers up to 64 bits (unsigned ones by their bits), decimals of precision up to 18 (unscaled),
 *       boolean (0 or 1), date (days since 1970-01-01), time and timestamps (microseconds; nanoseconds when the type has
 *       more than six digits), zoned timestamps in UTC;
 *   <li>{@link Doubles}: float and double;
 *   <li>{@link Decimals}: hugeint, wider decimals and numeric;
 *   <li>{@link Texts}: text, char, enum, uuid, json, interval (ISO 8601), timetz, bits;
 *   <li>{@link Utf8}: the same, from where texts are bytes; engines take it, and targets that ask for it;
 *   <li>{@link Binaries}: binary and geometry;
 *   <li>{@link Objects}: list (List), struct (List in field order) and map (List of two-element Lists).
 * </ul>
 */
public sealed interface Column {
    /** Rows whose value is NULL; what the value array holds there means nothing. */
    BitSet nulls();

    default boolean isNull(int row) {
        return nulls().get(row);
    }

    record Longs(long[] values, BitSet nulls) implements Column {}

    record Doubles(double[] values, BitSet nulls) implements Column {}

    record Decimals(BigDecimal[] values, BitSet nulls) implements Column {}

    record Texts(@Nullable String[] values, BitSet nulls) implements Column {}

    /** Texts as UTF-8, known to be valid: row {@code i} is {@code lengths[i]} bytes from {@code starts[i]} on. */
    record Utf8(byte[] bytes, int[] starts, int[] lengths, BitSet nulls) implements Column {
        public String text(int row) {
            return new String(bytes, starts[row], lengths[row], StandardCharsets.UTF_8);
        }
    }

    record Binaries(byte[][] values, BitSet nulls) implements Column {}

    record Objects(List<@Nullable Object> values, BitSet nulls) implements Column {}
}
