package io.headworks.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Check documents as a table, failing rows below it. */
final class CheckLines {

    private CheckLines() {}

    /** What was found before. */
    static void showHistory(List<Map<String, @Nullable Object>> results, Console console) {
        TextTable table = new TextTable(
                        "CHECKED (UTC)", "CHECK", "DATASET", "STATUS", "ROWS", "FAILING", "OBSERVED", "RUN")
                .status(3);
        for (Map<String, @Nullable Object> result : results) {
            table.row(
                    Documents.time(result, "checked_at"),
                    result.get("name"),
                    result.get("dataset"),
                    result.get("status"),
                    result.get("rows"),
                    result.get("failing_rows"),
                    result.get("observed"),
                    result.get("run_id"));
        }
        console.table(table);
    }

    static void show(List<Map<String, @Nullable Object>> checks, Console console) {
        TextTable table = new TextTable(
                        "CHECK", "DATASET", "STATUS", "SEVERITY", "ROWS", "FAILING", "OBSERVED", "ALLOWED")
                .status(2);
        for (Map<String, @Nullable Object> check : checks) {
            table.row(
                    check.get("name"),
                    check.get("dataset"),
                    check.get("status"),
                    check.get("severity"),
                    check.get("rows"),
                    check.get("failing_rows"),
                    check.get("observed"),
                    check.get("threshold"));
        }
        console.table(table);
        for (Map<String, @Nullable Object> check : checks) {
            if (check.get("error") != null) {
                console.line(check.get("name") + " could not run: " + check.get("error"));
            }
            if (check.get("samples") instanceof List<?> samples && !samples.isEmpty()) {
                console.line("failing rows of " + check.get("name") + ":");
                samples.forEach(sample -> console.line("  " + sample));
            }
        }
    }
}
