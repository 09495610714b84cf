package io.headworks.core.record;

import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.drift.SchemaRegistry;
import io.headworks.core.plan.StateSnapshot;
import java.util.Collection;
import java.util.Optional;

/** Where run records are kept. Called by the thread of the run; a record replaces the earlier one of its run. */
public interface RunJournal {

    /** Called when a run starts and whenever its stage changes. */
    void running(RunRecord record);

    /** The printed plan of a run, as canonical JSON. */
    void planned(String runId, String planJson);

    void finished(RunRecord record);

    /** What is known of a dataset before its next run; {@code upstream} are the pipelines its data comes from. */
    StateSnapshot known(LedgerKey key, Collection<String> upstream);

    /** The newest ledger row seen in a target: what local state is a cache of. */
    void committed(LedgerRow row);

    /**
     * The backfill that writes one of these places at this moment; empty when none does.
     *
     * @param places datasets, and connections that one run at a time may write
     */
    Optional<String> backfillIn(Collection<String> places);

    /** What columns sources had. */
    SchemaRegistry schemas();

    /** How many rows earlier runs and checks counted. */
    VolumeHistory volumes();
}
