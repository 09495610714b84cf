package io.headworks.core.record;

import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.core.record.RunRecord.Failure;
import io.headworks.core.record.RunRecord.Rows;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public run document: the fields of the structured log, then stages, checks, guarantee and ledger row. */
public final class RunDocument {

    private RunDocument() {}

    public static Map<String, @Nullable Object> of(RunRecord run) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("pipeline_name", run.pipeline());
        tree.put("run_id", run.runId());
        tree.put("environment", run.environment());
        tree.put("dataset", run.dataset());
        tree.put("trigger", run.trigger());
        tree.put("started_at", run.startedAt().toString());
        tree.put(
                "completed_at",
                run.completedAt() == null ? null : run.completedAt().toString());
        tree.put("status", run.status().key());
        tree.put("stage", run.stage());
        putRows(tree, run.rows());
        tree.put("quality_checks_passed", run.checksPassed());
        tree.put("quality_checks_failed", run.checksFailed());
        Duration duration = run.duration();
        tree.put("duration_seconds", duration == null ? null : duration.toMillis() / 1000.0);
        Failure failure = run.failure();
        tree.put("error_message", failure == null ? null : failure.message());
        tree.put("error", failure == null ? null : failure(failure));
        tree.put("exit_code", run.exitCode());
        tree.put("watermark_before", run.watermarkBefore());
        tree.put("watermark_after", run.watermarkAfter());
        tree.put("nothing_to_do", run.idle());
        tree.put("guarantee", run.guarantee());
        tree.put("physical_plan", run.physicalPlan());
        tree.put("plan_hash", run.planHash());
        tree.put("definition_hash", run.definition());
        tree.put("stages", run.stages().stream().map(RunDocument::stage).toList());
        tree.put(
                "checks",
                run.checks().stream()
                        .map(result -> CheckDocument.of(result, run.dataset()))
                        .toList());
        tree.put("notes", run.notes());
        tree.put("source_changes", run.drift() == null ? List.of() : run.drift().document());
        tree.put("ledger", run.ledger() == null ? null : ledger(run.ledger()));
        tree.put("asked", asked(run));
        tree.put("pid", run.pid());
        return tree;
    }

    /** What a retry needs: the window, and all that the same command chose. */
    private static Map<String, @Nullable Object> asked(RunRecord run) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("group", run.group().id());
        tree.put("pipelines", run.group().pipelines());
        tree.put("from", run.request().from());
        tree.put("to", run.request().to());
        tree.put("full_refresh", run.request().fullRefresh());
        tree.put("variables", run.group().variables());
        return tree;
    }

    private static void putRows(Map<String, @Nullable Object> tree, Rows rows) {
        tree.put("rows_extracted", rows.extracted());
        tree.put("rows_transformed", rows.transformed());
        tree.put("rows_loaded", rows.loaded());
        tree.put("rows_inserted", rows.inserted());
        tree.put("rows_updated", rows.updated());
        tree.put("rows_unchanged", rows.unchanged());
        tree.put("rows_deleted", rows.deleted());
        tree.put("rows_rejected", rows.rejected());
    }

    private static Map<String, @Nullable Object> failure(Failure failure) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("code", failure.code());
        tree.put("owner", failure.owner());
        tree.put("message", failure.message());
        tree.put("hint", failure.hint());
        return tree;
    }

    private static Map<String, @Nullable Object> stage(StageRecord stage) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", stage.name());
        tree.put("detail", stage.detail());
        tree.put("rows_in", stage.rowsIn());
        tree.put("rows_out", stage.rowsOut());
        tree.put("rows_rejected", stage.rejected());
        tree.put("rows_dropped", stage.dropped());
        tree.put("seconds", Math.round(stage.seconds() * 1000) / 1000.0);
        return tree;
    }

    private static Map<String, @Nullable Object> ledger(LedgerRow row) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        List<String> names = LedgerTables.LEDGER_COLUMNS.names();
        List<@Nullable Object> values = LedgerTables.values(row);
        for (int i = 0; i < names.size(); i++) {
            tree.put(names.get(i), values.get(i));
        }
        return tree;
    }
}
