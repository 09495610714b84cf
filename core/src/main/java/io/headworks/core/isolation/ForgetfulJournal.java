package io.headworks.core.isolation;

import io.headworks.api.check.MeasuredBefore;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.drift.SchemaRegistry;
import io.headworks.core.plan.StateSnapshot;
import io.headworks.core.record.RunJournal;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.VolumeHistory;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps nothing: what an isolated copy knows of earlier runs stands in the ledger of its own target. */
final class ForgetfulJournal implements RunJournal {
    private static final VolumeHistory NO_HISTORY = new VolumeHistory() {
        @Override
        public List<Long> rowsOfRuns(LedgerKey key, String exceptRun, Instant since) {
            return List.of();
        }

        @Override
        public List<Long> counts(String environment, String dataset, String check, Instant since) {
            return List.of();
        }

        @Override
        public List<MeasuredBefore> measured(String environment, String dataset, String check, Instant since) {
            return List.of();
        }
    };

    @Override
    public void running(RunRecord record) {}

    @Override
    public void planned(String runId, String planJson) {}

    @Override
    public void finished(RunRecord record) {}

    @Override
    public StateSnapshot known(LedgerKey key, Collection<String> upstream) {
        return StateSnapshot.NONE;
    }

    @Override
    public void committed(LedgerRow row) {}

    @Override
    public SchemaRegistry schemas() {
        return SchemaRegistry.NONE;
    }

    @Override
    public VolumeHistory volumes() {
        return NO_HISTORY;
    }

    @Override
    public Optional<String> backfillIn(Collection<String> places) {
        return Optional.empty();
    }
}
