package io.headworks.core.record;

import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.drift.SchemaRegistry;
import io.headworks.core.plan.StateSnapshot;
import java.util.Collection;
import java.util.Optional;

/** Knows what the real journal knows and keeps nothing: a dry run must not look like the last run of a pipeline. */
public final class DryJournal implements RunJournal {
    private final RunJournal real;

    public DryJournal(RunJournal real) {
        this.real = real;
    }

    @Override
    public StateSnapshot known(LedgerKey key, Collection<String> upstream) {
        return real.known(key, upstream);
    }

    @Override
    public VolumeHistory volumes() {
        return real.volumes();
    }

    @Override
    public SchemaRegistry schemas() {
        return real.schemas().readOnly();
    }

    @Override
    public void running(RunRecord record) {}

    @Override
    public void planned(String runId, String planJson) {}

    @Override
    public void finished(RunRecord record) {}

    @Override
    public void committed(LedgerRow row) {}

    @Override
    public Optional<String> backfillIn(Collection<String> places) {
        return Optional.empty();
    }
}
