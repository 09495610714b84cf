package io.headworks.api.target;

import io.headworks.api.dataset.TableName;
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
import org.jspecify.annotations.Nullable;

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

    /**
     * Rows of the table, before or after a batch is applied: at least those that are equal to one of the values in these
     * columns, and all that are live where that is asked for.
     *
     * @param values of columns of the table, by their names
     * @param live a boolean column that is true in rows that are live; null where they are not asked for
     * @throws HeadworksException of kind PROJECT when the table finds values of such a column equal that are not the same
     */
    default Relation rows(Relation values, @Nullable String live) {
        return table();
    }

    /**
     * The same transaction for another table, which is published with this one: only its columns are changed, its rows
     * read, and a batch applied. Called only where {@link TargetAbilities#several} says so.
     */
    default LoadTransaction beside(TableName table) {
        throw new HeadworksException(
                FailureKind.PROJECT, "Cannot write " + table + " beside: this target publishes one table at a time");
    }

    /**
     * Keeps loads of another dataset of this target out until this transaction ends, for rows that are written beside
     * into its table. Called only where {@link TargetAbilities#several} says so.
     *
     * @throws HeadworksException of kind HELD when another load is writing it and does not end soon
     */
    default void hold(String dataset) {
        throw new HeadworksException(
                FailureKind.PROJECT, "Cannot write into " + dataset + ": this target publishes one table at a time");
    }

    /**
     * The same, and a load of that dataset that has begun before this transaction commits can no longer be published: it
     * has read what is no longer so.
     */
    default void supersede(String dataset) {
        hold(dataset);
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
