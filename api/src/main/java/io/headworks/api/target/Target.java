package io.headworks.api.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadRequest;
import io.headworks.api.source.Frames;
import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An open target, bound to the engine session it was opened with. Used by one thread at a time. */
public interface Target extends AutoCloseable {

    TargetAbilities abilities();

    /** Looks at a table and its ledger; writes nothing, and needs no table of ours to exist. */
    TargetState observe(LedgerKey key, TableName table);

    /**
     * Raises the fence's number in a transaction of its own, creating our tables where they are missing.
     *
     * @throws io.headworks.api.failure.HeadworksException of kind HELD when a live process has it
     */
    Fence takeFence(LedgerKey key, TableName table, String runId, Instant now);

    /**
     * Begins the load's transaction; its first statement locks and re-checks the fence.
     *
     * @throws io.headworks.api.failure.HeadworksException of kind HELD when another run took the fence meanwhile
     */
    LoadTransaction begin(Fence fence, TableName table);

    /**
     * Does what a load that was committed had yet to do when its process died, where COMMIT is not all there is to it.
     * Called by a run that finds nothing to load and takes no fence.
     *
     * @throws io.headworks.api.failure.HeadworksException of kind HELD when a live process has the table
     */
    default void finish(TableName table) {}

    /** The ledger row of a run, read in a new transaction: the only proof that a COMMIT happened. */
    Optional<LedgerRow> committed(LedgerKey key, String runId, int epoch);

    /**
     * Why rows cannot be taken undecoded; empty for a target that never does. Null when they can, for an append or a reload
     * without keys, and where the keys are proven to be unique and the table is new.
     *
     * @param columns as they come
     */
    default @Nullable String refusal(Frames frames, Schema columns, Load load) {
        return "";
    }

    /**
     * How many rows of a batch without deletions the table has already, every value the same; empty where only a load can
     * tell. Writes nothing.
     */
    default OptionalLong alreadyThere(LoadRequest batch) {
        return OptionalLong.empty();
    }

    /** All ledger rows of a project and environment, oldest first, to rebuild local state. */
    List<LedgerRow> ledger(String projectId, String environment);

    /**
     * Unresolved dead letters (all when {@code resolvedToo}) of a pipeline in an environment of a project, whatever the
     * dataset; newest first.
     */
    List<DeadLetter> deadLetters(LedgerKey of, boolean resolvedToo, int limit);

    /** True where {@link #expireDeadLetters} is there. */
    default boolean expires() {
        return false;
    }

    /**
     * Removes dead letters of a pipeline in an environment of a project that were rejected before then, resolved or not; in
     * one transaction.
     *
     * @return how many
     * @throws HeadworksException of kind PROJECT where a target cannot do that yet
     */
    default long expireDeadLetters(LedgerKey of, Instant before) {
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot remove dead letters of " + of.pipeline() + ": this target does not take them away yet");
    }

    /** A table as rows in the engine, for look-ups, references, checks and queries. */
    Relation read(TableName table);

    /**
     * Columns of all rows of a table, for a comparison of keys with the source's. It may be a stream, which a statement
     * reads once, before this target is asked for anything else.
     *
     * @param mark the column that marks deleted rows, which are left out; null for none
     * @throws HeadworksException of kind PROJECT when the table finds values of such a column equal that are not the same
     */
    Relation keys(TableName table, List<String> columns, @Nullable String mark);

    /**
     * Runs a user's statement ({@code load.after}) in a transaction of its own. Called only where {@link
     * TargetAbilities#statements} says so.
     */
    default void execute(String sql) {
        throw new HeadworksException(
                FailureKind.PROJECT, "Cannot run load.after: this target takes no statement of a user's");
    }

    /** Tables of the user's, without ours. */
    List<TableName> tables();

    /** What makes our tables. */
    List<String> setupSql();

    /**
     * What lets the connection's user do some loads and nothing else, for somebody with more rights to run after {@link
     * #setupSql}; asks no server. Empty where there are no users.
     */
    default List<String> grantsSql(List<Load> loads) {
        return List.of();
    }

    /** True where {@link #forget} is there. */
    default boolean forgets() {
        return false;
    }

    /**
     * Drops the tables and views of an environment and all that is remembered of its loads, ledger rows and dead letters;
     * in one transaction where the system drops tables in one, and else in an order that can be begun again. A load that
     * is under way can no longer be published. A table that is not there is no failure.
     *
     * @param written all datasets that the ledger has loads of this environment into, in the order in which they go
     * @throws HeadworksException of kind PROJECT, with nothing dropped, when one of the tables belongs to another
     *     environment or project too, or something else hangs on it; of kind HELD when a load does not end soon
     */
    default void forget(String projectId, String environment, List<WrittenDataset> written) {
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot drop environment " + environment + ": this target does not take tables away yet");
    }

    /** Makes what {@link #setupSql} says, in one transaction; what is there already stays. */
    void setUp();

    @Override
    void close();
}
