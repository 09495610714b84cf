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
    private static final String OPEN = "status in ('queued', 'running')";

    private KilledRuns() {}

    /**
     * Closes them as failed; whether they committed is decided by the target's ledger when it is next read. A run of this
     * machine is over when its process is gone; one of another machine when its lease is.
     *
     * @return the ids of the runs of this machine that were closed
     */
    public static List<String> close(StateDatabase state, Instant now) {
        List<String> ofThisMachine = new ArrayList<>();
        for (Open run : open(state)) {
            boolean here = run.isOf(state.machine());
            boolean over = here ? !run.process().isAlive() : run.lapsed();
            if (over && close(state, run, here, now) && here) {
                ofThisMachine.add(run.runId());
            }
        }
        return ofThisMachine;
    }

    private static List<Open> open(StateDatabase state) {
        return state.query(
                "select run_id, host, machine, pid, process_started_at, document, case when " + lapsed(state)
                        + " then 1 else 0 end from run where " + OPEN + " order by run_id",
                row -> new Open(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        new RunProcess(row.getLong(4), row.getString(5)),
                        row.getString(6),
                        row.getInt(7) == 1));
    }

    private static String lapsed(StateDatabase state) {
        return "lease_until < " + state.home().now();
    }

    /** False when it ended, gave a sign of life or was closed by another since it was looked at. */
    private static boolean close(StateDatabase state, Open run, boolean here, Instant now) {
        Map<String, @Nullable Object> document = Json.readObject(run.document());
        document.put("status", "failed");
        document.put("completed_at", now.toString());
        document.put("error_message", "Cannot tell how the run ended: " + run.cause(here));
        document.put("exit_code", 137L);
        boolean[] closed = new boolean[1];
        state.inTransaction(() -> {
            closed[0] = state.update(
                            "update run set status = 'failed', completed_at = ?, exit_code = 137, document = ?"
                                    + " where run_id = ? and " + OPEN + (here ? "" : " and " + lapsed(state)),
                            now.toString(),
                            Json.compact(document),
                            run.runId())
                    == 1;
            if (closed[0]) {
                new SliceRecord(state).failed(document);
            }
        });
        return closed[0];
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
                            "update run set status = 'partial', exit_code = 1, document = ? where run_id = ?"
                                    + " and status in ('failed', 'cancelled')",
                            Json.compact(document),
                            row.runId());
                });
    }

    private record Open(
            String runId, String host, String machine, RunProcess process, String document, boolean lapsed) {

        /** Rows of older programs name no machine; they were written by the only one there was. */
        boolean isOf(Machine here) {
            return machine.isEmpty() || machine.equals(here.id());
        }

        String cause(boolean here) {
            return here ? "the process was killed" : host + " has given no sign of life since, and its lease is over";
        }
    }
}
