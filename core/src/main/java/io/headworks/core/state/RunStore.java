package io.headworks.core.state;

import io.headworks.api.check.CheckResult;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.drift.SchemaRegistry;
import io.headworks.core.json.Json;
import io.headworks.core.plan.StateSnapshot;
import io.headworks.core.record.RunDocument;
import io.headworks.core.record.RunJournal;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.RunStatus;
import io.headworks.core.record.VolumeHistory;
import io.headworks.core.secret.Masker;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The writer: keeps run records, their checks and what ledgers say. Secrets are masked on the way in. */
public final class RunStore implements RunJournal {
    private final StateDatabase state;
    private final RunFiles files;
    private final Masker masker;
    private final CheckHistory history;
    private final IncidentStore incidents;
    private final SliceRecord slices;
    private final SourceSchemas schemas;

    public RunStore(StateDatabase state, RunFiles files, Masker masker) {
        this.state = state;
        this.files = files;
        this.masker = masker;
        this.history = new CheckHistory(state);
        this.incidents = new IncidentStore(state);
        this.slices = new SliceRecord(state);
        this.schemas = new SourceSchemas(state);
    }

    @Override
    public void running(RunRecord record) {
        write(record);
    }

    @Override
    public void planned(String runId, String planJson) {
        state.update(Upsert.into("plan", List.of("run_id"), List.of("document")), runId, masker.mask(planJson));
    }

    @Override
    public void finished(RunRecord record) {
        state.inTransaction(() -> {
            write(record);
            record.checks().forEach(result -> write(record, result));
            LedgerRow ledger = record.ledger();
            if (ledger != null) {
                committed(ledger);
                slices.succeeded(record);
            } else if (record.status() == RunStatus.FAILED) {
                slices.failed(record);
            }
        });
        files.write(record.runId(), document(record));
    }

    @Override
    public SchemaRegistry schemas() {
        return schemas;
    }

    @Override
    public VolumeHistory volumes() {
        return history;
    }

    @Override
    public StateSnapshot known(LedgerKey key, Collection<String> upstream) {
        long lastRunNumber = state
                .query(
                        "select run_number from position where environment = ? and pipeline = ? and dataset = ?",
                        row -> row.getLong(1),
                        key.environment(),
                        key.pipeline(),
                        key.dataset())
                .stream()
                .findFirst()
                .orElse(0L);
        RunHistory history = new RunHistory(state);
        String heldBy = upstream.stream()
                .sorted()
                .filter(name -> history.failedGravely(name, key.environment()))
                .findFirst()
                .orElse(null);
        return new StateSnapshot(lastRunNumber, heldBy);
    }

    /** A ledger row as the newest truth: the position or slice it stands for, and the end of a run that was killed. */
    @Override
    public void committed(LedgerRow row) {
        if (row.sliceFrom() == null) {
            state.update(
                    """
                    insert into position values (?, ?, ?, ?, ?, ?, ?)
                    on conflict (environment, pipeline, dataset) do update set run_id = excluded.run_id,
                      run_number = excluded.run_number, position = excluded.position,
                      committed_at = excluded.committed_at
                    where excluded.run_number >= position.run_number
                    """,
                    row.key().environment(),
                    row.key().pipeline(),
                    row.key().dataset(),
                    row.runId(),
                    row.runNumber(),
                    row.positionAfter(),
                    row.committedAt().toString());
        } else {
            state.inTransaction(() -> slices.loaded(row));
        }
        KilledRuns.settle(state, row);
    }

    @Override
    public Optional<String> backfillIn(Collection<String> places) {
        return new BackfillStore(state).writing(places);
    }

    private void write(RunRecord record) {
        RunProcess process = RunProcess.current();
        RunRows.write(
                state,
                new RunRows.Row(
                        record.runId(),
                        record.pipeline(),
                        record.dataset(),
                        record.environment(),
                        record.status().key(),
                        record.startedAt().toString(),
                        record.completedAt() == null
                                ? null
                                : record.completedAt().toString(),
                        (long) record.exitCode(),
                        process,
                        document(record)));
    }

    private void write(RunRecord record, CheckResult result) {
        Instant at = record.completedAt() == null ? record.startedAt() : record.completedAt();
        String observed = result.observed() == null ? null : masker.mask(result.observed());
        history.add(record.runId(), record.environment(), record.dataset(), result, observed, at);
        String said = result.error() == null ? observed : masker.mask(result.error());
        incidents.observe(
                new IncidentStore.Seen(record.runId(), record.environment(), record.pipeline(), record.dataset(), at),
                result,
                said);
    }

    private String document(RunRecord record) {
        return Json.compact(masker.maskTree(RunDocument.of(record)));
    }
}
