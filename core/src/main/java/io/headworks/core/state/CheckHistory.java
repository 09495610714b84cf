package io.headworks.core.state;

import io.headworks.api.check.CheckResult;
import io.headworks.api.check.MeasuredBefore;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.core.record.VolumeHistory;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What checks and runs counted before, as the state remembers it. */
public final class CheckHistory implements VolumeHistory {
    private static final String PUBLISHED = "status in ('success', 'unverified', 'partial')";

    private static final String OF_PUBLISHED =
            " from check_result as c where dataset = ? and name = ? and checked_at >= ?"
                    + " and environment = ? and status <> 'error' and not exists (select 1 from run"
                    + " where run.run_id = c.run_id and not " + PUBLISHED + ")";

    private static final List<String> RESULT_COLUMNS = List.of(
            "environment",
            "dataset",
            "rule",
            "severity",
            "status",
            "rows",
            "failing_rows",
            "observed",
            "checked_at",
            "value");

    private final StateDatabase state;

    public CheckHistory(StateDatabase state) {
        this.state = state;
    }

    /** Slices and replays bring another number by their nature and are left out. */
    @Override
    public List<Long> rowsOfRuns(LedgerKey key, String exceptRun, Instant since) {
        String brought = Stream.of("rows_inserted", "rows_updated", "rows_unchanged")
                .map(column -> state.home().jsonNumber("document", List.of("ledger", column)))
                .collect(Collectors.joining(" + "));
        String kind = state.home().jsonText("document", List.of("ledger", "kind"));
        return state.query(
                "select " + brought + " from run where environment = ? and pipeline = ? and dataset = ?"
                        + " and run_id <> ? and started_at >= ? and " + PUBLISHED
                        + " and " + kind + " = 'live' order by run_id desc",
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
                "select rows" + OF_PUBLISHED + " order by checked_at desc",
                row -> row.getLong(1),
                dataset,
                check,
                since.toString(),
                environment);
    }

    @Override
    public List<MeasuredBefore> measured(String environment, String dataset, String check, Instant since) {
        return state.query(
                "select checked_at, value" + OF_PUBLISHED + " and value is not null order by checked_at desc",
                row -> new MeasuredBefore(Instant.parse(row.getString(1)), new BigDecimal(row.getString(2))),
                dataset,
                check,
                since.toString(),
                environment);
    }

    /** A result as it was kept. */
    public record Kept(
            String runId,
            String dataset,
            String check,
            String rule,
            String severity,
            String status,
            long rows,
            long failingRows,
            @Nullable String observed,
            @Nullable String value,
            String checkedAt) {}

    /**
     * What was found of a table, newest first.
     *
     * @param dataset with its connection, or the table alone, of whatever connection
     */
    public List<Kept> newest(String environment, String dataset, int limit) {
        return state.query(
                "select run_id, dataset, name, rule, severity, status, rows, failing_rows, observed, value, checked_at"
                        + " from check_result where environment = ? and (dataset = ? or dataset like ? escape '!')"
                        + " order by checked_at desc, name limit " + limit,
                CheckHistory::kept,
                environment,
                dataset,
                "%:" + dataset.replaceAll("([!%_])", "!$1"));
    }

    /** What was found of tables by runs that were published and by looks between them, oldest first. */
    public List<Kept> published(String environment, Instant since) {
        return state.query(
                "select run_id, dataset, name, rule, severity, status, rows, failing_rows, observed, value, checked_at"
                        + " from check_result as c where environment = ? and checked_at >= ? and not exists (select 1"
                        + " from run where run.run_id = c.run_id and not " + PUBLISHED
                        + ") order by checked_at, name",
                CheckHistory::kept,
                environment,
                since.toString());
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getLong(8),
                row.getString(9),
                row.getString(10),
                row.getString(11));
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
                Upsert.into("check_result", List.of("run_id", "name"), RESULT_COLUMNS),
                runId,
                result.check().name(),
                environment,
                dataset,
                result.check().rule().key(),
                result.check().severity().name(),
                result.status().name().toLowerCase(Locale.ROOT),
                result.rows(),
                result.failingRows(),
                observed,
                at.toString(),
                result.value() == null ? null : result.value().toPlainString());
    }
}
