package io.headworks.core.state;

import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.json.Json;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.record.RunRecord;
import io.headworks.core.slice.Bound;
import io.headworks.core.slice.LoadedRange;
import io.headworks.core.slice.LoadedRanges;
import io.headworks.core.slice.Slice;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writer of what is loaded of datasets that are loaded in slices: each load by itself, and all of them as ranges, so
 * that a hundred thousand slices stay a few rows. Used within a transaction.
 */
final class SliceRecord {
    /** All columns. */
    static final List<String> LOADED = List.of(
            "environment", "pipeline", "dataset", "range_from", "range_to", "definition", "run_id", "slices", "rows");

    /** All columns. */
    static final List<String> FAILED =
            List.of("environment", "pipeline", "dataset", "range_from", "range_to", "run_id");

    private static final List<String> SLICE_KEY =
            List.of("environment", "pipeline", "dataset", "slice_from", "slice_to");
    private static final String OF_DATASET = " where environment = ? and pipeline = ? and dataset = ?";

    private final StateDatabase state;

    SliceRecord(StateDatabase state) {
        this.state = state;
    }

    /** Takes down what a ledger says; once for each row, in whatever order they come. */
    void loaded(LedgerRow row) {
        LedgerKey key = row.key();
        String from = Objects.requireNonNull(row.sliceFrom());
        String to = Objects.requireNonNull(row.sliceTo());
        takeTurn(key.environment(), key.pipeline(), key.dataset());
        String definition = definition(row.runId());
        int known = state.update(
                Upsert.into("slice", SLICE_KEY, List.of("run_id", "plan_hash", "rows", "committed_at", "definition"))
                        + " where excluded.run_id > slice.run_id",
                key.environment(),
                key.pipeline(),
                key.dataset(),
                from,
                to,
                row.runId(),
                row.planHash(),
                row.rowsInserted() + row.rowsUpdated(),
                row.committedAt().toString(),
                definition);
        if (known == 1) {
            Slice.read(from, to, ZoneOffset.UTC).ifPresent(slice -> {
                over(slice, RunIds.instant(row.runId())).ifPresent(past -> range(row, past, definition));
                succeeded(key, slice);
            });
        }
    }

    /** A run of a slice that ended without a commit. */
    void failed(RunRecord record) {
        failed(
                record.environment(),
                record.pipeline(),
                record.dataset(),
                record.request().from(),
                record.request().to(),
                record.runId());
    }

    /** The same, from the document of a run. */
    void failed(Map<String, @Nullable Object> run) {
        if (run.get("asked") instanceof Map<?, ?> asked) {
            failed(
                    String.valueOf(run.get("environment")),
                    String.valueOf(run.get("pipeline_name")),
                    String.valueOf(run.get("dataset")),
                    (String) asked.get("from"),
                    (String) asked.get("to"),
                    String.valueOf(run.get("run_id")));
        }
    }

    private void failed(
            String environment,
            String pipeline,
            String dataset,
            @Nullable String from,
            @Nullable String to,
            String runId) {
        if (from != null && to != null && Slice.read(from, to, ZoneOffset.UTC).isPresent()) {
            state.update(
                    Upsert.into("slice_failed", FAILED.subList(0, 5), List.of("run_id")),
                    environment,
                    pipeline,
                    dataset,
                    from,
                    to,
                    runId);
        }
    }

    /** The first statement of a change writes, so that two processes cannot both change what both have read. */
    private void takeTurn(String environment, String pipeline, String dataset) {
        state.update(
                "insert into slice_turn values (?, ?, ?, 1) on conflict (environment, pipeline, dataset)"
                        + " do update set changes = slice_turn.changes + 1",
                environment,
                pipeline,
                dataset);
    }

    /** As the run's document has it, whose row may have come long before its ledger's. */
    private String definition(String runId) {
        return state.query("select document from run where run_id = ?", row -> row.getString(1), runId).stream()
                .map(document -> Json.readObject(document).get("definition_hash"))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .findFirst()
                .orElse("");
    }

    /** Rows that came after the run had begun may be missing: that part of history is not over for it. */
    private static Optional<Slice> over(Slice slice, Instant begun) {
        Bound now = Bound.of(begun.toString(), begun);
        if (!slice.to().isTime() || !now.isBefore(slice.to())) {
            return Optional.of(slice);
        }
        return slice.from().isBefore(now) ? Optional.of(new Slice(slice.from(), now)) : Optional.empty();
    }

    private void range(LedgerRow row, Slice slice, String definition) {
        LedgerKey key = row.key();
        SliceHistory history = new SliceHistory(state);
        List<LoadedRange> touched = history.loaded(key, ZoneOffset.UTC).stream()
                .filter(range ->
                        range.range().overlaps(slice) || range.range().meets(slice) || slice.meets(range.range()))
                .toList();
        LoadedRange load = new LoadedRange(slice, definition, row.runId(), 1L, row.rowsInserted() + row.rowsUpdated());
        List<LoadedRange> after = LoadedRanges.after(load, touched, part -> history.totals(key, part));
        touched.forEach(range -> state.update(
                "delete from slice_loaded" + OF_DATASET + " and range_from = ?",
                key.environment(),
                key.pipeline(),
                key.dataset(),
                range.range().from().text()));
        after.forEach(range -> insert(key, range));
    }

    private void insert(LedgerKey key, LoadedRange range) {
        state.update(
                "insert into slice_loaded values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                key.environment(),
                key.pipeline(),
                key.dataset(),
                range.range().from().text(),
                range.range().to().text(),
                range.definition(),
                range.runId(),
                range.slices(),
                range.rows());
    }

    /** What failed before within it has been made good. */
    private void succeeded(LedgerKey key, Slice slice) {
        new SliceHistory(state)
                .failed(key, ZoneOffset.UTC).stream()
                        .filter(slice::contains)
                        .forEach(failed -> forget(
                                key.environment(),
                                key.pipeline(),
                                key.dataset(),
                                failed.from().text(),
                                failed.to().text()));
    }

    /** The same for exactly what was asked for, whose dates may begin in another zone than UTC. */
    void succeeded(RunRecord record) {
        String from = record.request().from();
        String to = record.request().to();
        if (from != null && to != null) {
            forget(record.environment(), record.pipeline(), record.dataset(), from, to);
        }
    }

    private void forget(String environment, String pipeline, String dataset, String from, String to) {
        state.update(
                "delete from slice_failed" + OF_DATASET + " and range_from = ? and range_to = ?",
                environment,
                pipeline,
                dataset,
                from,
                to);
    }
}
