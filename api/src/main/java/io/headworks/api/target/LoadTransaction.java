package io.headworks.api.target;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.load.Removal;
import io.headworks.api.load.SchemaChange;
import java.time.Instant;
import java.util.List;

/**
 * Every write of one load. A statement that fails poisons it: whatever is called after that, {@link #commit} included,
 * throws, and nothing is kept. Closing without commit rolls back.
 */
public interface LoadTransaction extends AutoCloseable {

    void change(List<SchemaChange> changes);

    /** Runs a user's statement ({@code load.before}) in this transaction. */
    void execute(String sql);

    /**
     * Deletes rows, before a batch is applied; answers how many. Called only where {@link TargetAbilities#removes} says
     * so.
     */
    default long remove(Removal removal) {
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot delete rows by " + removal.column() + ": this target does not do that yet");
    }

    /** Applies the batch by the load's strategy. */
    LoadCounts apply(LoadRequest request);

    /** The rows this load wrote, as they will be seen; audit columns included. */
    Relation touched();

    /** The whole table as it will be seen. */
    Relation table();

    /** Writes dead letters; {@code rejects} has the columns of {@link io.headworks.api.engine.RejectColumns}. */
    long deadLetters(LedgerKey key, String runId, Instant rejectedAt, List<Relation> rejects);

    /** Marks dead letters as resolved by this run. */
    void resolve(List<String> deadLetterIds, String runId, Instant resolvedAt);

    void record(LedgerRow row);

    /** Publishes. Returning normally is no proof: read {@link Target#committed} back. */
    void commit();

    @Override
    void close();
}
