package io.headworks.core.diff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison found.
 *
 * @param buckets how many there were, and {@code differentBuckets} of them not the same
 * @param differing for each compared column but the key, in how many rows it differs
 * @param sample the first differences, by key
 * @param export the file that has all of them; null for none
 */
public record DiffResult(
        Side a,
        Side b,
        Pairing pairing,
        int buckets,
        int differentBuckets,
        long different,
        Map<String, Long> differing,
        List<Difference> sample,
        @Nullable String export,
        boolean allowEmpty) {
    public DiffResult {
        differing = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(differing));
        sample = List.copyOf(sample);
    }

    /**
     * One of the two tables.
     *
     * @param why why its hashes were made here; null where its own system made them, or where it is read in place
     * @param nullKeys rows whose key has a NULL
     * @param repeatedKeys keys that more than one row of this side has
     * @param unpaired rows of keys that occur more than once on either side
     * @param only rows whose key the other side does not have
     * @param fetched rows that were looked at one by one
     */
    public record Side(
            String dataset,
            long rows,
            String hashedBy,
            @Nullable String why,
            long nullKeys,
            long repeatedKeys,
            long unpaired,
            long only,
            long fetched) {

        /** Rows with a counterpart on the other side. */
        public long paired() {
            return rows - nullKeys - unpaired - only;
        }
    }

    /**
     * A row that differs.
     *
     * @param kind {@code different}, {@code only_in_a}, {@code only_in_b} or {@code repeated}
     * @param key the key's values as text
     * @param cells what differs; of a repeated key, how many rows each side has
     */
    public record Difference(String kind, Map<String, @Nullable Object> key, List<Cell> cells) {
        public Difference {
            key = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(key));
            cells = List.copyOf(cells);
        }
    }

    /** A value on both sides. */
    public record Cell(
            String column, @Nullable Object a, @Nullable Object b) {}

    /** The one word for the result. */
    public enum Status {
        EQUAL,
        DIFFERENT,
        /** Neither side has a row: nothing was compared. */
        EMPTY
    }

    public Status status() {
        if (!isSame()) {
            return Status.DIFFERENT;
        }
        return a.rows() == 0 && b.rows() == 0 ? Status.EMPTY : Status.EQUAL;
    }

    private boolean isSame() {
        long wrong = different
                + unmatched(a)
                + unmatched(b)
                + pairing.onlyInA().size()
                + pairing.onlyInB().size();
        return wrong == 0;
    }

    private static long unmatched(Side side) {
        return side.only() + side.nullKeys() + side.unpaired();
    }

    public long equal() {
        return a.paired() - different;
    }

    /** True when there are differences beyond the sample. */
    public boolean more() {
        long shown =
                sample.stream().filter(each -> !each.kind().equals("repeated")).count();
        return different + a.only() + b.only() > shown;
    }

    /** 0 when the tables are proven equal. */
    public int exitCode() {
        return status() == Status.EQUAL || status() == Status.EMPTY && allowEmpty ? 0 : 1;
    }
}
