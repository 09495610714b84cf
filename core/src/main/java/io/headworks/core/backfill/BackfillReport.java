package io.headworks.core.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The written record of a backfill, as Markdown, from its document. */
final class BackfillReport {
    private final Map<String, @Nullable Object> document;
    private final List<String> lines = new ArrayList<>();

    private BackfillReport(Map<String, @Nullable Object> document) {
        this.document = document;
    }

    static String of(Map<String, @Nullable Object> document) {
        BackfillReport report = new BackfillReport(document);
        report.write();
        return String.join("\n", report.lines) + "\n";
    }

    private void write() {
        lines.add("# Backfill " + document.get("backfill_id") + ": " + document.get("status"));
        lines.add("");
        lines.add("Environment " + document.get("environment") + "; begun " + document.get("started_at") + ", ended "
                + (document.get("completed_at") == null ? "not yet" : document.get("completed_at")) + ".");
        scope();
        impact();
        table();
        findings();
    }

    private void scope() {
        Map<String, @Nullable Object> asked = map(document, "asked");
        heading("Scope");
        lines.add(words(asked.get("select")) + ", " + asked.get("from") + " to " + asked.get("to") + ", "
                + (asked.get("only") == null ? "every slice" : "only slices that are " + asked.get("only")) + ", "
                + (Boolean.TRUE.equals(asked.get("oldest_first")) ? "oldest first" : "newest first") + ".");
        for (Map<String, @Nullable Object> part : parts()) {
            lines.add("- " + part.get("pipeline") + " (" + part.get("dataset") + "): " + extent(part));
        }
        list(document.get("notes")).forEach(note -> lines.add("- " + note));
        if (asked.get("forced") != null) {
            lines.add("- in a guarded environment, because: " + asked.get("forced"));
        }
    }

    private static String extent(Map<String, @Nullable Object> part) {
        if (part.get("slice_column") == null) {
            return Boolean.TRUE.equals(part.get("full_refresh")) ? "made again from nothing" : "made again as a whole";
        }
        List<String> ranges = new ArrayList<>();
        for (Object range : list(part.get("ranges"))) {
            ranges.add(((Map<?, ?>) range).get("from") + " to " + ((Map<?, ?>) range).get("to"));
        }
        return part.get("runs") + " of " + part.get("slices_of_range") + " slices by " + part.get("slice_column") + ": "
                + String.join(", ", ranges);
    }

    private void impact() {
        List<?> affected = list(document.get("affected"));
        heading("Impact and notice");
        if (affected.isEmpty()) {
            lines.add("No pipeline of this project reads what is loaded again.");
            return;
        }
        lines.add("These read what is loaded again. Tell their owners; Headworks sends no message by itself yet.");
        lines.add("");
        lines.add("| pipeline | owner | channels | made again |");
        lines.add("|---|---|---|---|");
        for (Object each : affected) {
            Map<?, ?> reader = (Map<?, ?>) each;
            lines.add("| " + reader.get("pipeline") + " | " + shown(reader.get("owner")) + " | "
                    + words(reader.get("alert_channels")) + " | "
                    + (Boolean.TRUE.equals(reader.get("rebuilt")) ? "yes" : "no") + " |");
        }
    }

    private void table() {
        heading("Validation and reconciliation");
        lines.add(
                "Rows and rows with repeated keys in the table, for the range; rows that the source has of the slices now,"
                        + " and rows that the runs took from it.");
        lines.add("");
        lines.add(
                "| pipeline | runs done | failed | rows loaded | seconds | rows before | rows after | repeated before |"
                        + " repeated after | source | taken |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|---|");
        for (Map<String, @Nullable Object> part : parts()) {
            Map<String, @Nullable Object> before = map(part, "before");
            Map<String, @Nullable Object> after = map(part, "after");
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %s of %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |",
                    part.get("pipeline"),
                    part.get("done"),
                    part.get("runs"),
                    part.get("failed"),
                    part.get("rows_loaded"),
                    part.get("seconds"),
                    shown(before.get("rows")),
                    shown(after.get("rows")),
                    shown(before.get("duplicates")),
                    shown(after.get("duplicates")),
                    shown(part.get("source_rows")),
                    shown(part.get("rows_taken"))));
        }
    }

    private void findings() {
        heading("Findings");
        List<String> found = new ArrayList<>();
        for (Map<String, @Nullable Object> part : parts()) {
            list(part.get("findings")).forEach(finding -> found.add("- " + part.get("pipeline") + ": " + finding));
            list(part.get("failures"))
                    .forEach(failure -> found.add("- " + part.get("pipeline") + " failed: " + failure));
        }
        lines.addAll(found.isEmpty() ? List.of("None.") : found);
    }

    private void heading(String text) {
        lines.add("");
        lines.add("## " + text);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, @Nullable Object>> parts() {
        List<Map<String, @Nullable Object>> parts = new ArrayList<>();
        list(document.get("parts")).forEach(part -> parts.add((Map<String, @Nullable Object>) part));
        return parts;
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(Map<String, @Nullable Object> tree, String key) {
        return tree.get(key) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    private static String words(@Nullable Object list) {
        return list(list).isEmpty()
                ? ""
                : String.join(", ", list(list).stream().map(String::valueOf).toList());
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
