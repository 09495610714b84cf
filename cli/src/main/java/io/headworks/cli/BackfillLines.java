package io.headworks.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Backfills as text, from their documents. */
final class BackfillLines {

    private BackfillLines() {}

    /** What one will do. */
    static void plan(Map<String, @Nullable Object> plan, Console console) {
        List<Map<String, @Nullable Object>> parts = Documents.list(plan, "parts");
        if (parts.isEmpty()) {
            console.line("nothing to do: no slice of the range is asked for");
        }
        for (Map<String, @Nullable Object> part : parts) {
            console.line("load again     " + part.get("pipeline") + " (" + part.get("dataset") + "): " + extent(part));
        }
        for (Map<String, @Nullable Object> reader : Documents.list(plan, "affected")) {
            console.line("affects        " + reader.get("pipeline")
                    + (reader.get("owner") == null ? "" : " of " + reader.get("owner"))
                    + (Boolean.TRUE.equals(reader.get("rebuilt"))
                            ? ", made again"
                            : ", not made again (--downstream does)"));
        }
        if (plan.get("notes") instanceof List<?> notes) {
            notes.forEach(note -> console.line("note           " + note));
        }
        if (plan.get("seconds_expected") instanceof Number seconds) {
            console.line(String.format(
                    Locale.ROOT,
                    "expected       %.0f s, as runs of slices took lately",
                    Math.ceil(seconds.doubleValue())));
        }
    }

    private static String extent(Map<String, @Nullable Object> part) {
        if (part.get("slice_column") == null) {
            return Boolean.TRUE.equals(part.get("full_refresh")) ? "the whole, from nothing" : "the whole";
        }
        List<Map<String, @Nullable Object>> ranges = Documents.list(part, "ranges");
        String first = ranges.get(0).get("from") + " to " + ranges.get(0).get("to");
        return part.get("runs") + " of " + part.get("slices_of_range") + " slices by " + part.get("slice_column") + ", "
                + first + (ranges.size() == 1 ? "" : " and " + (ranges.size() - 1) + " more ranges");
    }

    /** What came of one. */
    static void result(Map<String, @Nullable Object> backfill, Console console) {
        TextTable table = new TextTable(
                "PIPELINE", "DONE", "OF", "FAILED", "LOADED", "BEFORE", "AFTER", "REPEATED", "SOURCE", "TAKEN");
        for (Map<String, @Nullable Object> part : Documents.list(backfill, "parts")) {
            Map<String, @Nullable Object> before = measure(part, "before");
            Map<String, @Nullable Object> after = measure(part, "after");
            table.row(
                    part.get("pipeline"),
                    part.get("done"),
                    part.get("runs"),
                    part.get("failed"),
                    part.get("rows_loaded"),
                    before.get("rows"),
                    after.get("rows"),
                    after.get("duplicates"),
                    part.get("source_rows"),
                    part.get("rows_taken"));
        }
        console.table(table);
        for (Map<String, @Nullable Object> part : Documents.list(backfill, "parts")) {
            for (String key : List.of("findings", "failures")) {
                if (part.get(key) instanceof List<?> sentences) {
                    sentences.forEach(sentence -> console.line(part.get("pipeline") + ": " + sentence));
                }
            }
        }
        String status = Documents.text(backfill, "status");
        console.line("backfill " + backfill.get("backfill_id") + " "
                + console.colour().status(status) + "; record " + backfill.get("record"));
        if (status.equals("interrupted") || status.equals("failed")) {
            console.line("  hw backfill resume " + backfill.get("backfill_id") + " goes on with what is left");
        }
    }

    private static Map<String, @Nullable Object> measure(Map<String, @Nullable Object> part, String key) {
        Map<String, @Nullable Object> measure = Documents.map(part, key);
        return measure == null ? Map.of() : measure;
    }

    /** How several stand. */
    static void list(List<Map<String, @Nullable Object>> backfills, Console console) {
        if (backfills.isEmpty()) {
            console.line("there is no backfill");
            return;
        }
        TextTable table = new TextTable(
                        "BACKFILL", "STATUS", "STARTED (UTC)", "PIPELINES", "FROM", "TO", "DONE", "OF", "FAILED")
                .status(1);
        for (Map<String, @Nullable Object> backfill : backfills) {
            Map<String, @Nullable Object> asked = measure(backfill, "asked");
            List<Map<String, @Nullable Object>> parts = Documents.list(backfill, "parts");
            table.row(
                    backfill.get("backfill_id"),
                    backfill.get("status"),
                    Documents.time(backfill, "started_at"),
                    parts.stream()
                            .map(part -> Documents.text(part, "pipeline"))
                            .distinct()
                            .reduce((a, b) -> a + ", " + b)
                            .orElse(""),
                    asked.get("from"),
                    asked.get("to"),
                    sum(parts, "done"),
                    sum(parts, "runs"),
                    sum(parts, "failed"));
        }
        console.table(table);
    }

    private static long sum(List<Map<String, @Nullable Object>> parts, String key) {
        return parts.stream().mapToLong(part -> Documents.number(part, key)).sum();
    }
}
