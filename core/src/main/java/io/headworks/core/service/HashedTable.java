package io.headworks.core.service;

import io.headworks.api.diff.Bucket;
import io.headworks.api.diff.Repeated;
import io.headworks.api.diff.RowHashing;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.RowComparison;
import io.headworks.api.run.Cancellation;
import io.headworks.api.source.BucketHashing;
import io.headworks.api.source.Extract;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table whose rows are hashed by its own system, or here. */
sealed interface HashedTable {
    List<Bucket> buckets(Cancellation cancellation);

    Repeated repeated(Cancellation cancellation);

    /** Its rows in some buckets; null means all. */
    Relation rows(@Nullable Set<Integer> buckets);

    String hashedBy();

    /** Why its own system does not hash it; null when it does, or where there is none. */
    @Nullable
    String why();

    /** By the system: a statement of its own, on a thread of its own. */
    record There(DiffTable.Read table, BucketHashing system, Extract extract, RowHashing hashing)
            implements HashedTable {
        @Override
        public List<Bucket> buckets(Cancellation cancellation) {
            return system.buckets(extract, hashing, cancellation);
        }

        @Override
        public Repeated repeated(Cancellation cancellation) {
            return system.repeated(extract, hashing, cancellation);
        }

        @Override
        public Relation rows(@Nullable Set<Integer> buckets) {
            return table.fetched(buckets == null ? extract : system.within(extract, hashing, buckets), hashing);
        }

        @Override
        public String hashedBy() {
            return table.system();
        }

        @Override
        public @Nullable String why() {
            return null;
        }
    }

    /** By the engine. */
    record Here(
            RowComparison engine,
            Relation relation,
            RowHashing hashing,
            @Nullable String why) implements HashedTable {
        @Override
        public List<Bucket> buckets(Cancellation cancellation) {
            return engine.buckets(relation, hashing);
        }

        @Override
        public Repeated repeated(Cancellation cancellation) {
            return engine.repeated(relation, hashing);
        }

        @Override
        public Relation rows(@Nullable Set<Integer> buckets) {
            return buckets == null ? relation : engine.within(relation, hashing, buckets);
        }

        @Override
        public String hashedBy() {
            return "engine";
        }
    }
}
