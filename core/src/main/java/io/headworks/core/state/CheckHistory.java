package io.headworks.core.state;

import io.headworks.api.check.CheckResult;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.core.record.VolumeHistory;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What checks and runs counted before, as the state remembers it. */
public final class CheckHistory implements VolumeHistory {
    private static final String PUBLISHED = "status in ('success', 'unverified', 'partial')";

    private final StateDatabase state;

    public CheckHistory(StateDatabase state) {
        this.state = state;
    }

    /** Slices and replays bring another number by their nature and are left out. */
    @Override
    public List<Long> rowsOfRuns(LedgerKey key, String exceptRun, Instant since) {
        String brought = "json_extract(document, '$.ledger.rows_inserted') + json_extract(document,"
                + " '$.ledger.rows_updated') + json_extract(document, '$.ledger.rows_unchanged')";
        return state.query(
                "select " + brought + " from run where environment = ? and pipeline = ? and dataset = ?"
                        + " and run_id <> ? and started_at >= ? and " + PUBLISHED
                        + " and json_extract(document, '$.ledger.kind') = 'live' order by run_id desc",
                row -> row.getLong(1),
                key.environment(),
                key.pipeline(),
                key.dataset(),
                exceptRun,
                since.toString());
    }

    @Override
    public List<Long> counts(String environment, String dataset, String check, Instant since) {
        return state.query(
                "select rows from check_result as c where dataset = ? and name = ? and checked_at >= ?"
                        + " and environment = ? and status <> 'error' and not exists (select 1 from run"
                        + " where run.run_id = c.run_id and not " + PUBLISHED + ") order by checked_at desc",
                row -> row.getLong(1),
                dataset,
                check,
                since.toString(),
                environment);
    }

    /** Keeps a result, of a run or of a look between runs; {@code observed} with secrets masked. */
    public void add(
            String runId,
            String environment,
            String dataset,
            CheckResult result,
            @Nullable String observed,
            Instant at) {
        state.update(
                "insert or replace into check_result (run_id, environment, dataset, name, rule, severity, status, rows,"
                        + " failing_rows, observed, checked_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                runId,
                environment,
                dataset,
                result.check().name(),
                result.check().rule().key(),
                result.check().severity().name(),
                result.status().name().toLowerCase(Locale.ROOT),
                result.rows(),
                result.failingRows(),
                observed,
                at.toString());
    }
}
