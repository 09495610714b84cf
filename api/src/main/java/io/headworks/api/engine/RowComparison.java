package io.headworks.api.engine;

import io.headworks.api.diff.Bucket;
import io.headworks.api.diff.HashedColumn;
import io.headworks.api.diff.Repeated;
import io.headworks.api.diff.RowHashing;
import io.headworks.api.diff.Tolerance;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of two relations against each other, in the engine. {@link RowHashing} says what a row's text and hash are. */
public interface RowComparison {

    /** Buckets without rows are left out. */
    List<Bucket> buckets(Relation rows, RowHashing hashing);

    /** Keys without NULL that occur more than once. */
    Repeated repeated(Relation rows, RowHashing hashing);

    /** The rows in some buckets. */
    Relation within(Relation rows, RowHashing hashing, Set<Integer> buckets);

    /**
     * Pairs the rows of both sides by their keys. Rows whose key has a NULL, or occurs more than once on either side, are
     * not paired.
     *
     * @param left one side's rows and columns, those of the key first; the other's are in the same order
     * @param keys how many columns are the key
     * @param tolerances one for each column after the key; null for exact equality
     */
    Differences compare(Side left, Side right, int keys, List<@Nullable Tolerance> tolerances);

    /** Writes rows into a file, as its ending says: {@code .csv} or {@code .parquet}. */
    void write(Relation rows, Path file);

    /** One side of a comparison. */
    record Side(Relation rows, List<HashedColumn> columns) {
        public Side {
            columns = List.copyOf(columns);
        }
    }

    /**
     * What was found among the rows that were compared.
     *
     * @param byColumn for each column after the key, in how many pairs it differs
     * @param rows the differences, ordered by key: {@link #KIND}, the key's columns as text under their names on the left,
     *     {@link #COLUMN}, {@link #LEFT} and {@link #RIGHT}; one for each column of a pair that differs, and one without
     *     column for each row of one side alone, and for each key that is repeated, with its rows on each side
     */
    record Differences(long different, Found left, Found right, List<Long> byColumn, Relation rows) {
        /** {@code different}, {@code only_in_a}, {@code only_in_b} or {@code repeated}. */
        public static final String KIND = "hw_difference";

        public static final String COLUMN = "hw_column";
        public static final String LEFT = "hw_a";
        public static final String RIGHT = "hw_b";

        public Differences {
            byColumn = List.copyOf(byColumn);
        }
    }

    /**
     * What was found on one side.
     *
     * @param rows those that were compared, without NULL in the key
     * @param only rows whose key the other side does not have
     * @param repeated keys that occur more than once on this side
     * @param unpaired rows of keys that occur more than once on either side
     */
    record Found(long rows, long only, Repeated repeated, long unpaired) {
        public static final Found NOTHING = new Found(0, 0, Repeated.NONE, 0);
    }
}
