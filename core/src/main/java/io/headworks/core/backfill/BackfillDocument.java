package io.headworks.core.backfill;

import io.headworks.core.slice.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public document of a backfill: what was asked, what is done to which dataset, and how far it is. */
final class BackfillDocument {

    private BackfillDocument() {}

    /** Of a backfill that has not begun. */
    static Map<String, @Nullable Object> of(BackfillPlan plan) {
        Map<String, @Nullable Object> tree = head(plan);
        tree.put(
                "parts",
                plan.parts().stream()
                        .map(part -> part(part, Outcome.none(part).shown()))
                        .toList());
        tree.put("seconds_expected", plan.secondsExpected());
        return tree;
    }

    /** @param completedAt null while it is under way */
    static Map<String, @Nullable Object> of(
            Backfill backfill, String status, @Nullable Instant completedAt, List<Outcome> outcomes) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("backfill_id", backfill.id());
        tree.put("status", status);
        tree.put("started_at", backfill.startedAt().toString());
        tree.put("completed_at", completedAt == null ? null : completedAt.toString());
        tree.putAll(head(backfill.plan()));
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            parts.add(part(backfill.left().get(i).whole(), outcomes.get(i).shown()));
        }
        tree.put("parts", parts);
        return tree;
    }

    private static Map<String, @Nullable Object> head(BackfillPlan plan) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("environment", plan.environment());
        tree.put("asked", asked(plan.request()));
        tree.put(
                "affected",
                plan.affected().stream().map(BackfillDocument::affected).toList());
        tree.put("notes", plan.notes());
        tree.put("variables", plan.variables());
        return tree;
    }

    private static Map<String, @Nullable Object> asked(BackfillRequest request) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("select", request.selectors());
        tree.put("exclude", request.excluded());
        tree.put("from", request.from());
        tree.put("to", request.to());
        tree.put("only", request.only() == null ? null : request.only().key());
        tree.put("downstream", request.downstream());
        tree.put("parallel", request.parallel());
        tree.put("oldest_first", request.oldestFirst());
        tree.put("forced", request.forced());
        return tree;
    }

    private static Map<String, @Nullable Object> affected(Affected affected) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", affected.pipeline());
        tree.put("owner", affected.owner());
        tree.put("alert_channels", affected.channels());
        tree.put("rebuilt", affected.rebuilt());
        return tree;
    }

    private static Map<String, @Nullable Object> part(Part part, Outcome.Shown outcome) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", part.pipeline());
        tree.put("dataset", part.dataset());
        tree.put("definition_hash", part.definition());
        tree.put("slice_column", part.column());
        tree.put("full_refresh", part.refresh());
        tree.put(
                "ranges",
                Validation.joined(part.slices()).stream()
                        .map(BackfillDocument::range)
                        .toList());
        tree.put("runs", part.runs());
        tree.put("slices_of_range", part.ofSlices());
        tree.put("done", outcome.done());
        tree.put("failed", outcome.failed());
        tree.put("rows_loaded", outcome.rows());
        tree.put("seconds", Math.round(outcome.seconds() * 1000) / 1000.0);
        tree.put("before", measure(outcome.before()));
        tree.put("after", measure(outcome.after()));
        tree.put("source_rows", outcome.sourceRows());
        tree.put("rows_taken", outcome.loadedRows());
        tree.put("findings", outcome.findings());
        tree.put("failures", outcome.failures());
        return tree;
    }

    private static Map<String, String> range(Slice range) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("from", range.from().text());
        tree.put("to", range.to().text());
        return tree;
    }

    private static @Nullable Map<String, @Nullable Object> measure(@Nullable Measure measure) {
        if (measure == null) {
            return null;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("rows", measure.rows());
        tree.put("duplicates", measure.duplicates());
        tree.put("whole_table", measure.wholeTable());
        return tree;
    }
}
