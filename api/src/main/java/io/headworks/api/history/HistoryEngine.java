package io.headworks.api.history;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.transform.Operation.Lookup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An engine session that can work out histories. */
public interface HistoryEngine extends EngineSession {

    /** {@link #bind(DatasetName, Relation)}, and how these rows were written; null where nobody knows. */
    void bind(DatasetName name, Relation relation, @Nullable Load load);

    /**
     * Reads a batch as observations of keys.
     *
     * @param request of a load with a history
     * @throws io.headworks.api.failure.HeadworksException of kind RUN for rows without a key, and for unplaced ones where
     *     they are refused
     */
    Observations observe(LoadRequest request, UnplacedRows unplaced);

    /**
     * Makes members of a dimension for keys that a look-up seeks and does not find. From here on the dataset has them in
     * this session; whoever loads the rows that name them writes them.
     *
     * @param input rows in work storage
     * @param lookup with {@code missing: infer}
     * @return null where none is missing
     */
    @Nullable
    InferredMembers infer(Relation input, Lookup lookup);

    /**
     * The members that nobody has written since they were inferred.
     *
     * @param stored at least all rows that the table has now of their keys
     * @throws io.headworks.api.failure.HeadworksException of kind HELD when a key has rows of its own by now, which the
     *     look-up would have found
     */
    Relation unwritten(InferredMembers members, Relation stored);

    /** The keys of a dimension under the names of the columns that seek them. */
    Relation seeking(Lookup lookup, Relation keys);

    /**
     * Finds facts that do not have what their look-up would give them now.
     *
     * @param rows facts with the columns of their table
     * @param facts how they are loaded
     * @param lookup as of a column of theirs
     * @param versions at least all rows of the keys that they seek
     * @param dimension how those are loaded
     * @param since the time of the oldest fact that is to be corrected
     */
    Corrections correct(Relation rows, Load facts, Lookup lookup, Relation versions, Load dimension, Instant since);
}
