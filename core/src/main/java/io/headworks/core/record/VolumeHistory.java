package io.headworks.core.record;

import io.headworks.api.check.MeasuredBefore;
import io.headworks.api.ledger.LedgerKey;
import java.time.Instant;
import java.util.List;

/** What there was before: what a check on a change of volume, or for anomalies, is judged against. */
public interface VolumeHistory {
    /** Rows that earlier runs over new data brought to the load and published, newest first. */
    List<Long> rowsOfRuns(LedgerKey key, String exceptRun, Instant since);

    /** Rows that a check of this name counted in the table after what was published, newest first. */
    List<Long> counts(String environment, String dataset, String check, Instant since);

    /** Numbers that a check of this name measured in the table after what was published, newest first. */
    List<MeasuredBefore> measured(String environment, String dataset, String check, Instant since);
}
