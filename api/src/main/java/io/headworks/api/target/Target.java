package io.headworks.api.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    /** The ledger row of a run, read in a new transaction: the only proof that a COMMIT happened. */
    Optional<LedgerRow> committed(LedgerKey key, String runId, int epoch);

    /** All ledger rows of a project and environment, oldest first, to rebuild local state. */
    List<LedgerRow> ledger(String projectId, String environment);

    /** Unresolved dead letters of a pipeline (all when {@code resolvedToo}), newest first. */
    List<DeadLetter> deadLetters(String pipeline, boolean resolvedToo, int limit);

    /** A table as rows in the engine, for look-ups, references, checks and queries. */
    Relation read(TableName table);

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

    /** DDL and grants for a least-privilege user. */
    List<String> setupSql();

    /** Makes what {@link #setupSql} says, in one transaction; what is there already stays. */
    void setUp();

    @Override
    void close();
}
