package io.headworks.api.source;

import io.headworks.api.diff.Bucket;
import io.headworks.api.diff.Repeated;
import io.headworks.api.diff.RowHashing;
import io.headworks.api.run.Cancellation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of rows made by the system that stores them, in the state that its source reads. Nothing else is asked of the
 * source while one of the methods runs.
 */
public interface BucketHashing {

    /**
     * Why the system cannot make exactly the texts that {@link RowHashing} describes, for the end of a sentence; null when
     * it can.
     */
    @Nullable
    String refusal(Extract extract, RowHashing hashing);

    /** Buckets without rows are left out. A cancellation interrupts the system's statement. */
    List<Bucket> buckets(Extract extract, RowHashing hashing, Cancellation cancellation);

    /** Keys without NULL that occur more than once. */
    Repeated repeated(Extract extract, RowHashing hashing, Cancellation cancellation);

    /** The part of the extract that lies in some buckets. */
    Extract within(Extract extract, RowHashing hashing, Set<Integer> buckets);
}
