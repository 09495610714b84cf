package io.headworks.core.diff;

import io.headworks.api.diff.Bucket;
import io.headworks.api.diff.RowHashing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the buckets of two sides tell.
 *
 * @param different numbers of the buckets that have not the same rows, without the one of NULL keys
 */
public record BucketDifference(Side a, Side b, Set<Integer> different) {

    /** All rows of a side, and those whose key has a NULL. */
    public record Side(long rows, long nullKeys) {
        private static Side of(List<Bucket> buckets) {
            long rows = 0;
            long nullKeys = 0;
            for (Bucket bucket : buckets) {
                rows += bucket.rows();
                nullKeys += bucket.number() == RowHashing.NULL_KEYS ? bucket.rows() : 0;
            }
            return new Side(rows, nullKeys);
        }
    }

    public static BucketDifference of(List<Bucket> a, List<Bucket> b) {
        Map<Integer, Bucket> left = new HashMap<>();
        a.forEach(bucket -> left.put(bucket.number(), bucket));
        Set<Integer> different = new TreeSet<>();
        for (Bucket bucket : b) {
            if (!bucket.equals(left.remove(bucket.number()))) {
                different.add(bucket.number());
            }
        }
        different.addAll(left.keySet());
        different.remove(RowHashing.NULL_KEYS);
        return new BucketDifference(Side.of(a), Side.of(b), different);
    }
}
