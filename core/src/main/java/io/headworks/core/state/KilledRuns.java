package io.headworks.core.state;

import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs whose process is gone while their record still says running. */
public final class KilledRuns {
    private static final String KILLED = "the process was killed";

    private KilledRuns() {}

    /**
     * Closes them as failed; whether they committed is decided by the target's ledger when it is next read.
     *
     * @return the ids of the runs that were closed
     */
    public static List<String> close(StateDatabase state, Instant now) {
        List<String> closed = new ArrayList<>();
        state.inTransaction(() -> state
                .query(
                        "select run_id, pid, process_started_at, document from run where status in ('queued', 'running')",
                        row -> new Open(row.getString(1), row.getLong(2), row.getString(3), row.getString(4)))
                .stream()
                .filter(open -> !open.isAlive())
                .forEach(open -> {
                    Map<String, @Nullable Object> document = Json.readObject(open.document());
                    document.put("status", "failed");
                    document.put("completed_at", now.toString());
                    document.put("error_message", "Cannot tell how the run ended: " + KILLED);
                    document.put("exit_code", 137L);
                    state.update(
                            "update run set status = 'failed', completed_at = ?, exit_code = 137, document = ?"
                                    + " where run_id = ?",
                            now.toString(),
                            Json.compact(document),
                            open.runId());
                    closed.add(open.runId());
                }));
        return closed;
    }

    /** A run whose ledger row is there did commit, whatever kept it from knowing: its record says so from now on. */
    static void settle(StateDatabase state, LedgerRow row) {
        state.query(
                        "select document from run where run_id = ? and status in ('failed', 'cancelled')",
                        result -> result.getString(1),
                        row.runId())
                .forEach(text -> {
                    Map<String, @Nullable Object> document = Json.readObject(text);
                    document.put("status", "partial");
                    document.put("rows_inserted", row.rowsInserted());
                    document.put("rows_updated", row.rowsUpdated());
                    document.put("rows_loaded", row.rowsInserted() + row.rowsUpdated());
                    document.put("watermark_after", row.positionAfter());
                    document.put("error_message", "The data was committed; then: " + document.get("error_message"));
                    state.update(
                            "update run set status = 'partial', exit_code = 1, document = ? where run_id = ?",
                            Json.compact(document),
                            row.runId());
                });
    }

    private record Open(String runId, long pid, String processStartedAt, String document) {
        /** A process id is used again: the time of its start tells the two apart. */
        boolean isAlive() {
            return ProcessHandle.of(pid)
                    .map(process ->
                            process.info().startInstant().map(Instant::toString).orElse(""))
                    .filter(started -> started.equals(processStartedAt))
                    .isPresent();
        }
    }
}
